package dev.pergola.session;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.pergola.session", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageTests {

	@ArchTest
	static final ArchRule packagesDoNotNeedEachOtherInACircle = slices().matching("dev.pergola.session.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule onlyThePackageForItKnowsRedis = noClasses().that()
		.resideOutsideOfPackage("dev.pergola.session.redis")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.lettuce..");

	@ArchTest
	static final ArchRule nothingBlocks = noClasses().should()
		.callMethod(reactor.core.publisher.Mono.class, "block")
		.orShould()
		.callMethod(reactor.core.publisher.Flux.class, "blockLast")
		.orShould()
		.callMethod(Thread.class, "sleep", long.class);

}

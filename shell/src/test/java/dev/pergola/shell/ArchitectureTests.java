package dev.pergola.shell;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.pergola.shell", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("dev.pergola.shell.(*)..").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule partsMeetOverHttp = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.pergola.registry", "dev.pergola.bff..", "dev.pergola.bridge..");

	@ArchTest
	static final ArchRule nothingBlocks = noClasses().should()
		.callMethod(reactor.core.publisher.Mono.class, "block")
		.orShould()
		.callMethod(reactor.core.publisher.Flux.class, "blockLast");

}

package dev.pergola.registry;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.pergola.registry", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("dev.pergola.registry.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule knowsNoOtherPart = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.pergola.shell..", "dev.pergola.bff..", "dev.pergola.session..", "dev.pergola.bridge..",
				"dev.pergola.registry.client..");

	@ArchTest
	static final ArchRule archivesKnowNothingOfTheWeb = noClasses().that()
		.resideInAnyPackage("..archive..", "..bundle..", "..journal..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.web..", "org.springframework.http..");

}

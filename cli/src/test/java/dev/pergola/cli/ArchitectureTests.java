package dev.pergola.cli;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.pergola.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule staysSmall = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "reactor..");

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("dev.pergola.cli.(*)..").should().beFreeOfCycles();

}

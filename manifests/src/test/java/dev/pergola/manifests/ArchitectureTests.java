package dev.pergola.manifests;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.pergola.manifests", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule anyClientCanTakeIt = classes().should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("dev.pergola.manifests..", "java..", "org.jspecify..", "tools.jackson..",
				"com.fasterxml.jackson.annotation..", "com.networknt.schema..");

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("dev.pergola.(**)").should().beFreeOfCycles();

}

package dev.pergola.registry.client;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import reactor.core.publisher.Mono;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "dev.pergola.registry.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule knowsTheContractAndNoService = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.pergola.registry.web..", "dev.pergola.shell..", "dev.pergola.bff..",
				"dev.pergola.session..");

	@ArchTest
	static final ArchRule nothingBlocks = noClasses().should().callMethod(Mono.class, "block");

}

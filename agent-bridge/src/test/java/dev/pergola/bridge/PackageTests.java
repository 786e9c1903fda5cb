package dev.pergola.bridge;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.pergola.bridge", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageTests {

	@ArchTest
	static final ArchRule packagesDoNotNeedEachOtherInACircle = slices().matching("dev.pergola.bridge.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule onlyThePackageForItStartsProcesses = noClasses().that()
		.resideOutsideOfPackage("dev.pergola.bridge.process")
		.should()
		.dependOnClassesThat()
		.areAssignableTo(ProcessBuilder.class);

	@ArchTest
	static final ArchRule driversKnowNothingOfRunsAndProcesses = noClasses().that()
		.resideInAPackage("dev.pergola.bridge.driver..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.pergola.bridge.run..", "dev.pergola.bridge.process..");

}

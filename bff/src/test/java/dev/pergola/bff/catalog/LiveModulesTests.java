package dev.pergola.bff.catalog;

import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LiveModulesTests {

	private final TestCatalog catalog = new TestCatalog();

	private final LiveModules modules = new LiveModules(this.catalog);

	@Test
	void theCatalogOfNowIsAsked() {
		assertThat(this.modules.find("deals")).isEmpty();
		this.catalog.put(TestCatalog.module("deals", "http://deals.internal"));
		assertThat(this.modules.find("deals")).isPresent();
		this.catalog.put(TestCatalog.module("people", "http://people.internal"));
		assertThat(this.modules.find("deals")).isEmpty();
	}

	@Test
	void aModuleThatIsOffSaysWhyAndOneThatIsNotThereWhatIsWrong() {
		this.catalog
			.put(TestCatalog.disabled(TestCatalog.module("deals", "http://deals.internal"), "Moving until noon."));
		assertThat(this.modules.find("deals")).isPresent();
		assertThatExceptionOfType(BffException.class)
			.isThrownBy(() -> this.modules.enabled("deals", LiveModulesTests::unknown))
			.withMessage("Moving until noon.")
			.satisfies((ex) -> assertThat(ex.failure()).isEqualTo(Failure.MODULE_DISABLED));
		assertThatExceptionOfType(BffException.class)
			.isThrownBy(() -> this.modules.enabled("people", LiveModulesTests::unknown))
			.satisfies((ex) -> assertThat(ex.failure()).isEqualTo(Failure.UNKNOWN_AGENT));
	}

	private static BffException unknown() {
		return new BffException(Failure.UNKNOWN_AGENT, "There is no such agent.");
	}

}

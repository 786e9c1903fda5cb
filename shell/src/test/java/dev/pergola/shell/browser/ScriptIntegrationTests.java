package dev.pergola.shell.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.pergola.testing.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs {@code src/test/browser/*.test.js}: the parts of the runtime that need a browser
 * but no portal.
 */
@ExtendWith(Chromium.class)
class ScriptIntegrationTests {

	private final ScriptedPortal portal = new ScriptedPortal().page("/", "");

	@AfterEach
	void close() {
		this.portal.close();
	}

	@TestFactory
	List<DynamicContainer> scripts(Browser browser) throws IOException {
		Page page = browser.newPage();
		page.navigate(this.portal.url("/"));
		try (Stream<Path> files = Files.list(Path.of("src/test/browser"))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".test.js"))
				.sorted()
				.map((name) -> container(page, name))
				.toList();
		}
	}

	@SuppressWarnings("unchecked")
	private static DynamicContainer container(Page page, String file) {
		List<String> names = (List<String>) page.evaluate("""
				async (file) => {
				  await import('/tests/' + file);
				  return (await import('/tests/check.js')).namesOf(file);
				}""", file);
		assertThat(names).as(file).isNotEmpty();
		return DynamicContainer.dynamicContainer(file,
				names.stream().map((name) -> DynamicTest.dynamicTest(name, () -> run(page, file, name))));
	}

	private static void run(Page page, String file, String name) {
		Object failure = page.evaluate("async ([file, name]) => (await import('/tests/check.js')).run(file, name)",
				List.of(file, name));
		assertThat(failure).as(name).isEqualTo("");
	}

}

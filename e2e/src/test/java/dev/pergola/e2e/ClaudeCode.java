package dev.pergola.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Playwright;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real Claude Code in the assistant, with rules in the place of a model. Runs with
 * {@code -Pclaude}, for which npm installs it; it needs no key, and no network then.
 */
@Tag("CLI-29")
class ClaudeCode {

	private static final String AGENT = "Claude Code (no model)";

	private static final String NOTE = "Note on d-2003 that they want a call on Friday";

	private static Playwright playwright;

	private static Browser browser;

	private static Portal portal;

	private static Path desk;

	@BeforeAll
	static void start(@TempDir Path directory) {
		Path claude = Portal.root().resolve("samples/agents/target/npm/node_modules/.bin/claude");
		assertThat(claude).as("./mvnw -Pclaude -pl samples/agents generate-resources").isExecutable();
		portal = Portal.start(directory, Map.of("pergola.standalone.samples.claude", claude.toString()));
		desk = directory.resolve("samples/claude");
		playwright = Playwright.create();
		browser = playwright.chromium().launch(Launch.options());
	}

	@AfterAll
	static void end() {
		browser.close();
		playwright.close();
		portal.close();
	}

	@Test
	void theAnswerAppearsAsItIsWrittenFromRecordsClaudeReads() {
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.ask(AGENT, "Brief me on d-2003");
			visit.page().waitForCondition(() -> visit.answer().contains("Supplier portal for"));
			assertThat(visit.button("Stop")).isVisible();
			visit.page().waitForCondition(() -> visit.answer().contains("How I got here"));
			assertThat(visit.button("Stop")).isHidden();
			assertThat(visit.answer()).contains("Supplier portal for Kestrel Foods", "(/people/");
			assertThat(steps(visit)).hasCount(2);
			assertThat(steps(visit).first()).containsText("Read");
			assertThat(portal.programs("stream-json")).isEmpty();
			assertThat(visit.complaints()).isEmpty();
		}
	}

	@Test
	void whatNobodyIsThereToAnswerIsSaidHonestly() {
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.ask(AGENT, "Write a poem about spring");
			visit.page().waitForCondition(() -> visit.answer().contains("Brief me on d-2003"));
			assertThat(visit.answer()).startsWith("I cannot answer that");
		}
	}

	@Test
	@Tag("CLI-27")
	void aNoteIsWrittenOnlyOnceThePersonAllowsIt() throws IOException {
		Path notes = desk.resolve("notes");
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.ask(AGENT, NOTE);
			assertThat(visit.button("Allow once")).isVisible();
			assertThat(steps(visit).last()).containsText("notes/d-2003-");
			assertThat(notes).doesNotExist();
			visit.button("Refuse").click();
			visit.page().waitForCondition(() -> visit.answer().contains("nothing was written"));
			assertThat(visit.button("Stop")).isHidden();
			assertThat(notes).doesNotExist();
		}
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.ask(AGENT, NOTE);
			visit.button("Allow once").click();
			visit.page().waitForCondition(() -> visit.answer().contains("It is in"));
			assertThat(visit.button("Stop")).isHidden();
			try (Stream<Path> written = Files.list(notes)) {
				assertThat(written).singleElement()
					.satisfies((note) -> assertThat(note).content()
						.contains("Supplier portal for Kestrel Foods", "a call on Friday"));
			}
			assertThat(visit.complaints()).isEmpty();
		}
	}

	private static Locator steps(Visit visit) {
		return visit.page().locator("pergola-tool-card");
	}

}

package dev.pergola.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.RequestOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@OnOwnPlatform
@Isolated("what it waits for has five seconds")
class HealthE2eTests {

	private static final List<String> PEOPLE = List.of("business", "admin", "developer", "designer");

	private static final LocatorAssertions.ContainsTextOptions WITHIN_FIVE_SECONDS = new LocatorAssertions.ContainsTextOptions()
		.setTimeout(5000);

	private static Portal portal;

	private static Playwright playwright;

	private static Browser browser;

	@TempDir
	private Path directory;

	@BeforeAll
	static void start(@TempDir Path data) {
		portal = Portal.start(data, Map.of("pergola.registry.guard.interval", "500ms", "pergola.registry.guard.lease",
				"5s", "pergola.registry.health.flush", "500ms", "pergola.shell.reports.interval", "300ms"));
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
	@Tag("registry-12")
	@Tag("registry-20")
	void theGuardTakesAVersionBackThatThrowsAndOpenTabsFollow() throws IOException {
		try (Visit admin = Visit.of("admin", portal, browser)) {
			CommandLine pergola = CommandLine.of(admin, portal, "partnerships");
			List<String> split = splitModule(admin, pergola, "throw new Error('broken on purpose');");
			String module = split.get(0);
			assertThat(guard(admin, module, Map.of("maxErrorRate", 2, "minLoads", 5))).isEqualTo(200);
			try (Visit newer = Visit.of(split.get(1), portal, browser);
					Visit older = Visit.of(split.get(2), portal, browser)) {
				newer.open("/" + module);
				newer.page().evaluate("window.sameTab = true");
				assertThat(newer.main()).containsText("could not be shown");
				for (int load = 1; load < 5; load++) {
					older.open("/" + module);
					assertThat(older.main()).containsText("works in 1.0.0");
					newer.button("Retry").click();
					assertThat(newer.main()).containsText("could not be shown");
				}
				newer.button("Report").click();
				assertThat(newer.main()).containsText("Reported. Thank you.");
				older.open("/" + module);
				assertThat(older.main()).containsText("works in 1.0.0");
				assertThat(newer.main()).containsText("works in 1.0.0");
				assertThat(newer.page().evaluate("window.sameTab")).isEqualTo(true);
				assertThat(older.complaints()).isEmpty();
			}
			admin.open("/admin/modules/" + module);
			assertThat(admin.main()).containsText("The guard took the rollout back");
			assertThat(admin.main()).containsText("broken on purpose");
			assertThat(admin.get("/registry/v1/audit?module=" + module).text()).contains("\"guard\"", "loads (100 %)");
			assertThat(pergola.run("health", module)).contains("100 % of", "0 % of", "broken on purpose",
					"guard: stopped");
			assertThat(pergola.run("status", module)).contains("1.0.0 100 %", "100 % of");
			admin.button("Resume the rollout").click();
			assertThat(admin.main()).containsText("The shares are back as they were");
		}
	}

	@Test
	@Tag("registry-13")
	void aVersionThatIsSwitchedOffLeavesOpenTabsWithTheReason() throws IOException {
		try (Visit admin = Visit.of("admin", portal, browser)) {
			List<String> split = splitModule(admin, CommandLine.of(admin, portal, "partnerships"),
					"this.pergola.dirty(true); " + text("1.1.0"));
			String module = split.get(0);
			try (Visit newer = Visit.of(split.get(1), portal, browser)) {
				newer.open("/" + module);
				assertThat(newer.main()).containsText("works in 1.1.0");
				newer.page().evaluate("window.sameTab = true");
				switchVersion(admin, module, "1.1.0", Map.of("enabled", false, "reason", "It loses orders"));
				assertThat(newer.main()).containsText("works in 1.0.0", WITHIN_FIVE_SECONDS);
				assertThat(newer.page().locator("body")).containsText("It loses orders");
				switchVersion(admin, module, "1.0.0", Map.of("enabled", false, "reason", "This one too"));
				assertThat(newer.main()).containsText("switched off", WITHIN_FIVE_SECONDS);
				assertThat(newer.main()).containsText("It loses orders");
				switchVersion(admin, module, "1.0.0", Map.of("enabled", true));
				assertThat(newer.main()).containsText("works in 1.0.0");
				assertThat(newer.page().evaluate("window.sameTab")).isEqualTo(true);
			}
		}
	}

	@Test
	@Tag("registry-12")
	void reportsNeedTheAntiForgeryHeaderAndAPerson() {
		try (Visit business = Visit.of("business", portal, browser); Visit stranger = Visit.stranger(portal, browser)) {
			assertThat(business.send("POST", "/registry/v1/reports", Map.of("items", List.of())).status())
				.isEqualTo(202);
			assertThat(business.request()
				.post(portal.url("/registry/v1/reports"), RequestOptions.create().setData(Map.of("items", List.of())))
				.status()).isEqualTo(403);
			assertThat(stranger.send("POST", "/registry/v1/reports", Map.of("items", List.of())).status())
				.isEqualTo(401);
		}
	}

	/**
	 * A module of two versions that some of the demo people share.
	 * @return its name, somebody who gets 1.1.0, and somebody who gets 1.0.0
	 */
	private List<String> splitModule(Visit admin, CommandLine pergola, String newer) throws IOException {
		for (int attempt = 1;; attempt++) {
			String module = "watched" + System.nanoTime() % 100_000 + "-" + attempt;
			pergola.run("publish", module(module, "1.0.0", text("1.0.0")).toString(), "--channel", "stable");
			pergola.run("publish", module(module, "1.1.0", newer).toString());
			pergola.run("rollout", module, "1.1.0", "--share", "50");
			List<String> split = new ArrayList<>(List.of(module));
			for (String version : List.of("1.1.0", "1.0.0")) {
				PEOPLE.stream()
					.filter((person) -> gets(admin, module, person).equals(version))
					.findFirst()
					.ifPresent(split::add);
			}
			if (split.size() == 3) {
				return split;
			}
		}
	}

	private static String gets(Visit admin, String module, String person) {
		String answer = admin.get("/registry/v1/modules/" + module + "/resolution?subject=" + person).text();
		Matcher version = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]+)\"").matcher(answer);
		assertThat(version.find()).as(answer).isTrue();
		return version.group(1);
	}

	private Path module(String module, String version, String connected) throws IOException {
		Path folder = Files.createDirectories(this.directory.resolve(module + "-" + version));
		Files.writeString(folder.resolve("manifest.json"), """
				{ "schema": 1, "module": "%1$s", "version": "%2$s", "team": { "name": "partnerships" },
				  "entry": { "format": "esm", "file": "main.js" },
				  "pages": [ { "id": "page", "path": "/%1$s", "title": { "en": "Watched" }, "element": "%1$s-page" } ] }
				""".formatted(module, version));
		Files.writeString(folder.resolve("main.js"), """
				customElements.define('%s-page', class extends HTMLElement {
				  connectedCallback() { %s }
				});
				""".formatted(module, connected));
		return folder;
	}

	private static String text(String version) {
		return "this.textContent = 'works in " + version + "';";
	}

	private static int guard(Visit admin, String module, Map<String, Object> rules) {
		return admin.request()
			.put(portal.url("/registry/v1/modules/" + module + "/guard"),
					RequestOptions.create().setHeader("X-Pergola", "1").setHeader("If-Match", "\"0\"").setData(rules))
			.status();
	}

	private static void switchVersion(Visit admin, String module, String version, Map<String, Object> state) {
		assertThat(
				admin.send("PUT", "/registry/v1/modules/" + module + "/versions/" + version + "/state", state).status())
			.isEqualTo(200);
	}

}

package dev.pergola.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@OnSharedPlatform
class ThrowingModuleE2eTests {

	private static final String MANIFEST = """
			{ "schema": 1, "module": "broken", "version": "1.0.0",
			  "team": { "name": "partnerships", "contact": "partnerships@example.com" },
			  "host": ">=1.0 <2",
			  "entry": { "format": "esm", "file": "broken.js" },
			  "pages": [ { "id": "broken", "path": "/broken", "title": { "en": "Broken" }, "element": "broken-page" } ],
			  "navigation": [ { "id": "broken", "page": "broken", "icon": "apps", "group": "ecosystem", "order": 90 } ],
			  "slots": [ { "slot": "home.cards", "element": "broken-card", "order": 1 } ] }
			""";

	private static final String SCRIPT = """
			customElements.define('broken-page', class extends HTMLElement {
			  connectedCallback() { throw new Error('broken on purpose'); }
			});
			customElements.define('broken-card', class extends HTMLElement {
			  connectedCallback() { throw new Error('broken card on purpose'); }
			});
			""";

	@Test
	void aModuleThatThrowsIsContained(Portal portal, Browser browser, @TempDir Path directory) throws IOException {
		Files.writeString(directory.resolve("manifest.json"), MANIFEST);
		Files.writeString(directory.resolve("broken.js"), SCRIPT);
		try (Visit admin = Visit.of("admin", portal, browser)) {
			Matcher token = Pattern.compile("pgt_[A-Za-z0-9_-]+")
				.matcher(admin.send("POST", "/registry/v1/teams/partnerships/tokens", Map.of("name", "e2e")).text());
			assertThat(token.find()).isTrue();
			new CommandLine(portal, token.group()).run("publish", directory.toString(), "--channel", "stable");
			try (Visit business = Visit.of("business", portal, browser)) {
				assertThat(business.main()).containsText("Broken could not be shown");
				assertThat(business.main().locator("partnerships-pipeline-card")).isVisible();
				business.navigationLink("Broken").click();
				assertThat(business.button("Retry").first()).isVisible();
				business.navigationLink("Partnerships").click();
				assertThat(business.main().locator("a[href^='/partnerships/']").first()).isVisible();
			}
			finally {
				admin.send("PUT", "/registry/v1/modules/broken/state",
						Map.of("enabled", false, "reason", "it was a test"));
			}
		}
	}

}

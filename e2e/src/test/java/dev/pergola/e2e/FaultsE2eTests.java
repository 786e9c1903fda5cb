package dev.pergola.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people see when a part is away; on a platform of its own, because it breaks it.
 */
class FaultsE2eTests {

	@Test
	void aRestartKeepsTheDataAndGoesOnWithoutTheRegistry(@TempDir Path directory) {
		try (Playwright playwright = Playwright.create();
				Browser browser = playwright.chromium().launch(Chromium.options());
				Portal portal = Portal.start(directory)) {
			try (Visit admin = Visit.of("admin", portal, browser)) {
				assertThat(admin
					.send("PUT", "/registry/v1/modules/deals/state",
							Map.of("enabled", false, "reason", "kept over a restart"))
					.status()).isEqualTo(200);
			}
			List<ProcessHandle> started = portal.process().descendants().toList();
			portal.restart(Map.of());
			assertThat(started).noneMatch(ProcessHandle::isAlive);
			try (Visit business = Visit.of("business", portal, browser)) {
				business.open("/deals");
				assertThat(business.main()).containsText("kept over a restart");
			}
			portal.restart(Map.of("pergola.registry.enabled", "false", "pergola.standalone.samples.publish", "false"));
			try (Visit business = Visit.of("business", portal, browser)) {
				assertThat(business.navigationLink("Partnerships")).isVisible();
				business.navigationLink("Organizations").click();
				assertThat(business.main().getByRole(AriaRole.TABLE)).isVisible();
				assertThat(business.get("/api/partnerships/partnerships").status()).isEqualTo(200);
			}
		}
	}

	@Test
	void oneServiceDownLeavesTheOthersWorking(@TempDir Path directory) {
		try (Playwright playwright = Playwright.create();
				Browser browser = playwright.chromium().launch(Chromium.options());
				Portal portal = Portal.start(directory)) {
			try (Visit business = Visit.of("business", portal, browser)) {
				APIResponse list = business.get("/api/partnerships/partnerships");
				String id = list.text().replaceAll("(?s).*?\"id\"\\s*:\\s*\"([^\"]+)\".*", "$1");
				people(portal).forEach(ProcessHandle::destroyForcibly);
				APIResponse view = business.get("/views/partnerships/partnerships/" + id + "/overview");
				assertThat(view.status()).isEqualTo(200);
				assertThat(view.headers()).containsEntry("pergola-complete", "false");
				assertThat(view.text()).contains("\"owner\":null").contains("\"_parts\"");
				assertThat(business.get("/api/people/people").status()).isBetween(502, 504);
				business.open("/partnerships/" + id);
				assertThat(business.main()).containsText(Pattern.compile("not available|unavailable"));
				business.open("/people");
				assertThat(business.main()).containsText(Pattern.compile("not available|unavailable|could not"));
				business.navigationLink("Deals").click();
				assertThat(business.heading("Deals")).isVisible();
			}
		}
	}

	private static List<ProcessHandle> people(Portal portal) {
		List<ProcessHandle> people = portal.process()
			.descendants()
			.filter((process) -> process.info().commandLine().orElse("").contains("people.py"))
			.toList();
		assertThat(people).isNotEmpty();
		return people;
	}

}

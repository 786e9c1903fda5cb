package dev.pergola.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people see when a part is away. On a platform of its own, because it breaks it;
 * each test brings it into the state it needs.
 */
@OnOwnPlatform
class FaultsE2eTests {

	private static Playwright playwright;

	private static Browser browser;

	private static Portal portal;

	/** Whether a test left a part of it away. */
	private static boolean broken;

	@BeforeAll
	static void start(@TempDir Path directory) {
		portal = Portal.start(directory);
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
	void ctrlCStopsEverythingAndTheNextStartHasTheSameData() {
		mend();
		String city = "Kept over a restart";
		String address;
		try (Visit business = Visit.of("business", portal, browser); Visit admin = Visit.of("admin", portal, browser)) {
			switchDeals(admin, Map.of("enabled", false, "reason", "Closed for stocktaking"));
			address = "/organizations/" + firstOrganization(business) + "/edit";
			business.open(address);
			business.main().getByLabel("City").fill(city);
			business.button("Save").click();
			assertThat(business.main()).containsText(city);
			business.ask("Co-sell scout", "Who could help us in retail?");
			business.page().waitForCondition(() -> !portal.programs("co_sell.py").isEmpty());
			List<ProcessHandle> started = portal.process().descendants().toList();
			portal.restart();
			assertThat(started).noneMatch(ProcessHandle::isAlive);
		}
		try (Visit business = Visit.of("business", portal, browser); Visit admin = Visit.of("admin", portal, browser)) {
			business.open("/deals");
			assertThat(business.main()).containsText("Closed for stocktaking");
			business.open(address);
			assertThat(business.main().getByLabel("City")).hasValue(city);
			switchDeals(admin, Map.of("enabled", true));
		}
	}

	@Test
	void withoutTheRegistryThePortalGoesOnWithTheLastCatalog() {
		broken = true;
		portal.restart(Map.of("pergola.registry.enabled", "false"), Map.of());
		try (Visit business = Visit.of("business", portal, browser)) {
			assertThat(business.navigationLink("Partnerships")).isVisible();
			business.navigationLink("Organizations").click();
			assertThat(business.main().getByRole(AriaRole.TABLE)).isVisible();
			assertThat(business.get("/api/partnerships/partnerships").status()).isEqualTo(200);
			business.navigationLink("People").click();
			// Its files come from a cache that may be empty; the page says which it is.
			assertThat(business.main()
				.getByRole(AriaRole.ALERT)
				.or(business.main().locator("a[href^='/people/']"))
				.first()).isVisible();
			assertThat(business.navigationLink("Organizations")).isVisible();
		}
	}

	@Test
	void oneServiceDownLeavesTheOthersWorking() {
		mend();
		broken = true;
		try (Visit business = Visit.of("business", portal, browser)) {
			String id = business.firstId("/api/partnerships/partnerships");
			portal.programs("people.py").forEach(ProcessHandle::destroyForcibly);
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
			assertThat(business.main().locator("a[href^='/deals/']").first()).isVisible();
		}
	}

	@Test
	void withoutPythonPeopleIsUnavailableWithTheReasonUntilItIsThere(@TempDir Path empty) {
		broken = true;
		portal.restart(Map.of(), Map.of("PATH", empty.toString()));
		try (Visit business = Visit.of("business", portal, browser)) {
			business.open("/people");
			assertThat(business.main()).containsText("python3 was not found");
			business.navigationLink("Partnerships").click();
			assertThat(business.main().locator("a[href^='/partnerships/']").first()).isVisible();
			business.navigationLink("Deals").click();
			assertThat(business.main().locator("a[href^='/deals/']").first()).isVisible();
			business.navigationLink("Organizations").click();
			assertThat(business.main().getByRole(AriaRole.TABLE)).isVisible();
			business.ask("Co-sell scout", "Who could help us in retail?");
			assertThat(business.page().locator("pergola-chat").getByRole(AriaRole.ALERT)).isVisible();
		}
		mend();
		try (Visit business = Visit.of("business", portal, browser)) {
			business.open("/people");
			assertThat(business.main().locator("a[href^='/people/']").first()).isVisible();
		}
	}

	private static void mend() {
		if (broken) {
			portal.restart();
			broken = false;
		}
	}

	private static void switchDeals(Visit admin, Map<String, Object> state) {
		assertThat(admin.send("PUT", "/registry/v1/modules/deals/state", state).status()).isEqualTo(200);
	}

	private static String firstOrganization(Visit visit) {
		visit.open("/organizations");
		Locator link = visit.main().getByRole(AriaRole.TABLE).getByRole(AriaRole.LINK).first();
		return link.getAttribute("href").replaceAll(".*/", "");
	}

}

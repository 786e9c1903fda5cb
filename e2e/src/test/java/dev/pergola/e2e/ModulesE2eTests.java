package dev.pergola.e2e;

import java.util.regex.Pattern;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@OnSharedPlatform
class ModulesE2eTests {

	@Test
	void homeShowsCardsOfModules(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			assertThat(visit.main().locator("partnerships-pipeline-card")).isVisible();
			assertThat(visit.main()).containsText(Pattern.compile("closing", Pattern.CASE_INSENSITIVE));
			assertThat(visit.complaints()).isEmpty();
		}
	}

	@Test
	void aListOpensTheDetailThatJoinsThreeServices(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.navigationLink("Partnerships").click();
			assertThat(visit.heading("Partnerships")).isVisible();
			Locator first = visit.main().locator("a[href^='/partnerships/']").first();
			String name = first.innerText();
			first.click();
			assertThat(visit.page()).hasURL(Pattern.compile(".*/partnerships/[^/]+$"));
			assertThat(visit.main().getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setName(name)))
				.isVisible();
			assertThat(visit.main()).containsText("Owner");
			assertThat(visit.main()).containsText("Deals");
			assertThat(visit.complaints()).isEmpty();
		}
	}

	@Test
	void theReactBoardShowsDeals(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.navigationLink("Deals").click();
			assertThat(visit.heading("Deals")).isVisible();
			assertThat(visit.main()).containsText(Pattern.compile("€|\\$|EUR"));
			assertThat(visit.complaints()).isEmpty();
		}
	}

	@Test
	void thePythonServiceShowsPeople(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.navigationLink("People").click();
			assertThat(visit.heading("People")).isVisible();
			assertThat(visit.main().getByRole(AriaRole.LINK).nth(5)).isVisible();
			assertThat(visit.complaints()).isEmpty();
		}
	}

	@Test
	void theServerRenderedModuleHasItsRowsInTheFirstHtmlAndItsFormsWork(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			APIResponse html = visit.request().get(portal.url("/organizations"));
			assertThat(html.text().split("<tr").length).isGreaterThan(5);
			visit.open("/organizations");
			visit.main().getByRole(AriaRole.TABLE).getByRole(AriaRole.LINK).first().click();
			visit.main()
				.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^Edit")))
				.click();
			String city = "Lisboa " + System.nanoTime();
			visit.main().getByLabel("City").fill(city);
			visit.main().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
			assertThat(visit.main()).containsText(city);
			assertThat(visit.page()).hasURL(Pattern.compile(".*/organizations/[^/]+$"));
		}
	}

	@Test
	void oneAnswerJoinsAPartnershipItsOwnerAndItsDeals(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			String id = visit.firstId("/api/partnerships/partnerships");
			APIResponse view = visit.get("/views/partnerships/partnerships/" + id + "/overview");
			assertThat(view.status()).isEqualTo(200);
			assertThat(view.headers()).containsEntry("pergola-complete", "true");
			JsonObject parts = JsonParser.parseString(view.text()).getAsJsonObject();
			JsonObject partnership = parts.getAsJsonObject("partnership");
			assertThat(partnership.get("id").getAsString()).isEqualTo(id);
			assertThat(parts.getAsJsonObject("owner").get("id")).isEqualTo(partnership.get("ownerId"));
			assertThat(parts.get("deals").toString()).contains("\"" + id + "\"");
		}
	}

	@Test
	void servicesAnswerThroughThePortalWithThePersonsToken(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			for (String path : new String[] { "/api/partnerships/partnerships", "/api/deals/deals",
					"/api/people/people" }) {
				APIResponse answer = visit.get(path);
				assertThat(answer.status()).as(path).isEqualTo(200);
				assertThat(answer.headers().toString()).as(path).doesNotContain("eyJ");
			}
		}
	}

}

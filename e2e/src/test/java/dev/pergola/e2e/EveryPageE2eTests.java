package dev.pergola.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for every page: accessible in light and dark, nothing wider than a phone, no
 * left-over word of a program, no error on the console, no request to another host.
 */
@OnSharedPlatform
class EveryPageE2eTests {

	private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
			"best-practice");

	/** Those whose answer depends on the color scheme. */
	private static final List<String> COLOR_RULES = List.of("color-contrast", "link-in-text-block");

	private static final Browser.NewContextOptions LIGHT = new Browser.NewContextOptions()
		.setColorScheme(ColorScheme.LIGHT)
		.setReducedMotion(ReducedMotion.REDUCE);

	private static final Pattern LEFT_OVER = Pattern.compile("\\b(null|undefined|NaN)\\b|\\[object ");

	@Test
	void signInIsAccessible(Portal portal, Browser browser) {
		try (Visit visit = Visit.stranger(portal, browser, LIGHT)) {
			visit.open("/");
			assertThat(visit.page().getByLabel("Password")).isVisible();
			List<String> findings = new ArrayList<>();
			look(visit, "sign-in", findings);
			assertThat(findings).isEmpty();
		}
	}

	@Test
	void businessPagesAreAccessible(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser, LIGHT)) {
			String partnership = "/partnerships/" + visit.firstId("/api/partnerships/partnerships");
			String deal = "/deals/" + visit.firstId("/api/deals/deals");
			String person = "/people/" + visit.firstId("/api/people/people");
			List<String> findings = walk(visit, "/", "/partnerships", partnership, "/deals", deal, "/people", person,
					"/organizations");
			visit.open("/");
			visit.openAssistant();
			assertThat(visit.page().getByRole(AriaRole.COMPLEMENTARY).getByRole(AriaRole.TEXTBOX)).isVisible();
			look(visit, "assistant", findings);
			assertThat(findings).isEmpty();
		}
	}

	@Test
	void adminPagesAreAccessible(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("admin", portal, browser, LIGHT)) {
			assertThat(walk(visit, "/admin", "/admin/navigation", "/admin/navigation/item?key=people/people",
					"/admin/navigation/group?id=ecosystem", "/admin/navigation/look?subject=ada&item=people/people",
					"/admin/modules", "/admin/modules/people", "/admin/teams", "/admin/history", "/admin/agents",
					"/admin/agents?text=nothing+like+it", "/admin/services", "/admin/services?state=open"))
				.isEmpty();
		}
	}

	@Test
	void pagesWithMuchOnThemAreAccessible(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("admin", portal, browser, LIGHT);
				Furniture furnished = new Furniture(portal, visit)) {
			visit.complaints().clear();
			List<String> findings = walk(visit, "/admin/modules/organizations",
					"/admin/why?subject=ada%40example.com&groups=beta", "/admin/teams/quality",
					"/developer/teams/quality", "/admin/audit?module=organizations",
					"/admin/history?from=2&role=business", "/admin/navigation", "/admin/navigation/look?roles=business",
					"/admin/navigation/merge", "/admin/navigation/yaml");
			visit.open("/admin/modules/organizations");
			assertThat(visit.main()).containsText(furnished.person());
			assertThat(visit.main()).containsText("Planned changes");
			visit.open("/admin/teams/quality");
			assertThat(visit.main()).containsText("repo:acme/quality:ref:refs/heads/main");
			visit.open("/admin/navigation/merge");
			assertThat(visit.main()).containsText("Companies");
			assertThat(findings).isEmpty();
		}
	}

	@Test
	void aRuleIsSetAndRemovedWithTheKeyboardAlone(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("admin", portal, browser)) {
			Page page = visit.open("/admin/modules/people");
			page.getByLabel("For a").focus();
			page.keyboard().type("Group");
			page.keyboard().press("Tab");
			page.keyboard().type("no group");
			page.keyboard().press("Enter");
			assertThat(page.getByLabel("Named")).hasAttribute("aria-invalid", "true");
			assertThat(visit.main()).containsText("must be 1 to 128 letters");
			List<String> findings = new ArrayList<>();
			visit.complaints().clear();
			look(visit, "a refused rule", findings);
			assertThat(findings).isEmpty();
			page.getByLabel("Named").fill("beta");
			page.keyboard().press("Enter");
			assertThat(visit.main()).containsText("The rule is set.");
			visit.button("Remove the rule for group beta").focus();
			page.keyboard().press("Enter");
			assertThat(visit.main()).containsText("The rule is removed.");
		}
	}

	@Test
	void developerPagesAreAccessible(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("developer", portal, browser, LIGHT)) {
			assertThat(walk(visit, "/developer", "/developer/modules/partnerships", "/design/")).isEmpty();
		}
	}

	private static List<String> walk(Visit visit, String... paths) {
		List<String> findings = new ArrayList<>();
		for (String path : paths) {
			visit.open(path);
			visit.settle();
			look(visit, path, findings);
		}
		return findings;
	}

	/** Notes what is wrong with the page a visit is on. */
	static void look(Visit visit, String name, List<String> findings) {
		Page page = visit.page();
		violations(name, axe(page).withTags(RULES), findings);
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
		page.waitForFunction("() => !document.getAnimations().some((each) => each instanceof CSSTransition)");
		violations(name + ", dark", axe(page).withRules(COLOR_RULES), findings);
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
		if (LEFT_OVER.matcher(page.innerText("body")).find()) {
			findings.add(name + ": a value that is missing is written as a word");
		}
		page.setViewportSize(320, 720);
		int width = (int) page.evaluate("document.scrollingElement.scrollWidth");
		if (width > 320) {
			findings.add("%s: %d px wide on a screen of 320 px".formatted(name, width));
		}
		page.setViewportSize(1280, 720);
		visit.complaints().forEach((complaint) -> findings.add(name + ": " + complaint));
		visit.foreign().forEach((url) -> findings.add(name + ": " + url));
		visit.complaints().clear();
		visit.foreign().clear();
	}

	private static void violations(String name, AxeBuilder axe, List<String> findings) {
		axe.analyze()
			.getViolations()
			.forEach((rule) -> rule.getNodes()
				.forEach((node) -> findings
					.add("%s: %s %s %s".formatted(name, rule.getId(), node.getTarget(), node.getFailureSummary()))));
	}

	// Its other mode opens a page of its own for every look, for frames of other origins.
	private static AxeBuilder axe(Page page) {
		return new AxeBuilder(page).setLegacyMode(true);
	}

}

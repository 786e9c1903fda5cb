package dev.pergola.shell.browser;

import java.util.List;
import java.util.function.Predicate;

import com.microsoft.playwright.Browser;
import dev.pergola.testing.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@Tag("registry-12")
@ExtendWith(Chromium.class)
class HealthIntegrationTests {

	private static final String HOST = "<pergola-module-host data-module='%1$s' data-page='list' data-element='%1$s-list'></pergola-module-host>";

	private final ScriptedPortal portal = new ScriptedPortal().reporting();

	@AfterEach
	void close() {
		this.portal.close();
	}

	private static ScriptedModule module(String name, String connected) {
		return ScriptedModule.of(name, "1.2.0", """
				customElements.define("%s-list", class extends HTMLElement {
				  connectedCallback() { %s }
				});
				""".formatted(name, connected));
	}

	@Test
	void countsLoadsAndTheTimeTheyTook(Browser browser) {
		this.portal.module(module("alpha", "this.textContent = 'alpha is here'"));
		this.portal.page("/", HOST.formatted("alpha"));
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			JsonNode item = reported(tab, (each) -> each.path("loads").asInt() > 0);
			assertThat(item.path("module").asString()).isEqualTo("alpha");
			assertThat(item.path("version").asString()).isEqualTo("1.2.0");
			assertThat(item.path("loads").asInt()).isEqualTo(1);
			assertThat(item.path("failures").asInt()).isZero();
			assertThat(item.path("mountMillis").get(0).asInt()).isBetween(0, 10_000);
			assertThat(item.path("problems").size()).isZero();
		}
	}

	@Test
	@Tag("registry-20")
	void tellsTheOwnerOfAFailureWithModuleVersionAndStack(Browser browser) {
		this.portal.module(module("alpha", "throw new Error('cannot show /deals?owner=ada')"));
		this.portal.page("/", HOST.formatted("alpha"));
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			JsonNode item = reported(tab, (each) -> each.path("failures").asInt() == 1);
			JsonNode problem = item.path("problems").get(0);
			assertThat(item.path("loads").asInt()).isEqualTo(1);
			assertThat(problem.path("reason").asString()).isEqualTo("threw");
			assertThat(problem.path("message").asString()).isEqualTo("cannot show /deals");
			assertThat(problem.path("stack").asString()).contains("/modules/alpha/1.2.0/entry.js");
			assertThat(problem.path("page").asString()).isEqualTo("list");
			assertThat(problem.path("byPerson").asBoolean()).isFalse();
			assertThat(tab.host("alpha")).containsText("Error id: " + problem.path("id").asString());
		}
	}

	@Test
	void countsALoadThatThrowsLaterOnce(Browser browser) {
		this.portal.module(module("alpha",
				"this.innerText = 'here'; this.onclick = () => { throw new Error('late') }; this.style.display = 'block'"));
		this.portal.page("/", HOST.formatted("alpha"));
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			reported(tab, (each) -> each.path("loads").asInt() == 1);
			tab.host("alpha").locator("alpha-list").click();
			JsonNode first = reported(tab, (each) -> each.path("problems").size() > 0);
			int before = this.portal.reports().size();
			tab.host("alpha").locator("alpha-list").click();
			JsonNode second = reported(tab,
					(each) -> this.portal.reports().indexOf(each) >= before && each.path("problems").size() > 0);
			assertThat(List.of(first.path("errors").asInt(), second.path("errors").asInt())).containsExactly(1, 0);
		}
	}

	@Test
	@Tag("registry-20")
	void aPersonReportsWhatTheyMet(Browser browser) {
		this.portal.setting("reportSampling", 0).module(module("alpha", "throw new Error('on purpose')"));
		this.portal.page("/", HOST.formatted("alpha"));
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			tab.button("Report").click();
			assertThat(tab.host("alpha")).containsText("Reported. Thank you.");
			assertThat(this.portal.reports()).singleElement().satisfies((item) -> {
				assertThat(item.path("loads").asInt()).isZero();
				assertThat(item.at("/problems/0/byPerson").asBoolean()).isTrue();
				assertThat(item.at("/problems/0/message").asString()).isEqualTo("on purpose");
			});
		}
	}

	@Test
	void measuresThePageOfItsModule(Browser browser) {
		this.portal.module(module("alpha", "this.append('A page of alpha, large enough to see')"));
		this.portal.page("/", HOST.formatted("alpha")).page("/two", "<p>Another page</p>");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			reported(tab, (each) -> each.path("loads").asInt() == 1);
			tab.menuLink("Two").click();
			JsonNode page = reported(tab, (each) -> each.path("lcpMillis").size() > 0);
			assertThat(page.path("module").asString()).isEqualTo("alpha");
			assertThat(page.path("lcpMillis").get(0).asInt()).isPositive();
			assertThat(page.path("cls").size()).isEqualTo(1);
		}
	}

	@Test
	void aHiddenTabSendsAtOnceWhatItHas(Browser browser) {
		this.portal.setting("reportMillis", 600_000).module(module("alpha", "this.textContent = 'alpha is here'"));
		this.portal.page("/", HOST.formatted("alpha"));
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			tab.page()
				.waitForCondition(() -> this.portal.requests().stream().anyMatch((each) -> each.contains("vitals.js")));
			assertThat(tab.host("alpha")).hasText("alpha is here");
			tab.evaluate("""
					() => requestIdleCallback(() => {
					  Object.defineProperty(document, "visibilityState", { value: "hidden" });
					  document.dispatchEvent(new Event("visibilitychange"));
					})""");
			assertThat(reported(tab, (each) -> each.path("loads").asInt() == 1).path("cls").size()).isEqualTo(1);
		}
	}

	private JsonNode reported(Tab tab, Predicate<JsonNode> wanted) {
		tab.page().waitForCondition(() -> this.portal.reports().stream().anyMatch(wanted));
		return this.portal.reports().stream().filter(wanted).findFirst().orElseThrow();
	}

}

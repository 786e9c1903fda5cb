package dev.pergola.shell.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.pergola.testing.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(Chromium.class)
class LiveUpdateIntegrationTests {

	private final ScriptedPortal portal = new ScriptedPortal();

	@BeforeEach
	void page() {
		this.portal.module(alpha("1.0.0", ""))
			.module(ScriptedModule.of("beta", "1.0.0",
					"export const mount = (c) => { c.append(Object.assign(document.createElement('input'), { id: 'kept' })) }"))
			.page("/", """
					<pergola-module-host data-module="alpha" data-element="alpha-list"></pergola-module-host>
					<pergola-module-host data-module="beta"></pergola-module-host>""");
	}

	@AfterEach
	void close() {
		this.portal.close();
	}

	private static ScriptedModule alpha(String version, String more) {
		return ScriptedModule.of("alpha", version, """
				customElements.define("alpha-list", class extends HTMLElement {
				  connectedCallback() { this.textContent = "alpha %s"; %s }
				});
				""".formatted(version, more));
	}

	private Tab open(Browser browser) {
		Tab tab = Tab.open(browser, this.portal, "/");
		assertThat(tab.host("alpha")).hasText("alpha 1.0.0");
		assertThat(tab.page().locator("#kept")).isVisible();
		tab.page().waitForCondition(() -> this.portal.requests().contains("GET /.well-known/mercure?topic=catalog"));
		return tab;
	}

	@Test
	void aNewVersionTakesItsPlaceAndNothingElseMoves(Browser browser) {
		try (Tab tab = open(browser)) {
			tab.page().fill("#kept", "my words");
			this.portal.module(alpha("1.1.0", "")).menu("Another menu").changed();
			assertThat(tab.host("alpha")).hasText("alpha 1.1.0");
			assertThat(tab.page().locator("#kept")).hasValue("my words");
			assertThat(tab.page().locator("#kept")).isFocused();
			assertThat(tab.page().locator("#pergola-navigation")).containsText("Another menu");
			assertThat(tab.loads()).isEqualTo(1);
			this.portal.module(alpha("1.0.0", "")).changed();
			assertThat(tab.host("alpha")).hasText("alpha 1.0.0");
		}
	}

	@Test
	void aVersionWhoseFilesWereChangedNeverRuns(Browser browser) {
		try (Tab tab = open(browser)) {
			ScriptedModule next = alpha("1.1.0", "");
			this.portal.module(next);
			this.portal.answer(next.entry(), "text/javascript", next.script() + "globalThis.hacked = true");
			this.portal.changed();
			tab.page().waitForCondition(() -> tab.console().stream().anyMatch((line) -> line.contains("alpha (")));
			assertThat(tab.host("alpha")).hasText("alpha 1.0.0");
			assertThat(tab.evaluate("globalThis.hacked ?? 'safe'")).isEqualTo("safe");
		}
	}

	@Test
	void aModuleSwitchedOffLeavesWithTheReasonAndComesBack(Browser browser) {
		try (Tab tab = open(browser)) {
			this.portal.module(alpha("1.0.0", "").off("Moving house until noon")).changed();
			assertThat(tab.host("alpha")).containsText("Alpha is switched off");
			assertThat(tab.host("alpha")).containsText("Moving house until noon");
			assertThat(tab.page().locator("#kept")).isVisible();
			this.portal.module(alpha("1.0.0", "")).changed();
			assertThat(tab.host("alpha")).hasText("alpha 1.0.0");
		}
	}

	@Test
	void whatTheServerWritesAnewIsShown(Browser browser) {
		this.portal.page("/", "<p>Nothing to show yet</p>");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			assertThat(tab.main()).containsText("Nothing to show yet");
			this.portal.page("/", "<pergola-slot name='home.cards' class='pergola-grid'></pergola-slot>")
				.slot("home.cards", "alpha", "alpha-list", 1)
				.menu("Another menu")
				.changed();
			assertThat(tab.host("alpha")).hasText("alpha 1.0.0");
			assertThat(tab.loads()).isEqualTo(1);
		}
	}

	@Test
	@Tag("registry-29")
	void unsavedWorkIsAskedBeforeItIsReplaced(Browser browser) {
		this.portal.module(alpha("1.0.0", "this.pergola.dirty(true)"));
		try (Tab tab = open(browser)) {
			this.portal.module(alpha("1.1.0", "")).changed();
			assertThat(tab.page().locator(".pergola-bar")).containsText("A new version of Alpha is ready.");
			assertThat(tab.host("alpha")).hasText("alpha 1.0.0");
			tab.button("Update now").click();
			assertThat(tab.host("alpha")).hasText("alpha 1.1.0");
			assertThat(tab.page().locator(".pergola-bar")).hasCount(0);
		}
	}

	@Test
	void aModuleMayRefuseToBeReplaced(Browser browser) {
		String refusing = alpha("1.0.0", "").script()
			.replace("connectedCallback", "canUpdate() { return 'block' } connectedCallback");
		this.portal.module(ScriptedModule.of("alpha", "1.0.0", refusing));
		try (Tab tab = open(browser)) {
			this.portal.module(alpha("1.1.0", "")).menu("Drawn anew").changed();
			assertThat(tab.page().locator("#pergola-navigation")).containsText("Drawn anew");
			assertThat(tab.host("alpha")).hasText("alpha 1.0.0");
		}
	}

	@Test
	void allTabsOfABrowserShareOneStreamAndFollow(Browser browser) {
		try (Tab tab = open(browser)) {
			Page second = tab.another("/");
			assertThat(second.locator("alpha-list")).hasText("alpha 1.0.0");
			this.portal.module(alpha("1.1.0", "")).changed();
			assertThat(second.locator("pergola-module-host[data-module=alpha]")).hasText("alpha 1.1.0");
			assertThat(tab.host("alpha")).hasText("alpha 1.1.0");
			assertThat(this.portal.requests().stream().filter((request) -> request.contains("mercure"))).hasSize(1);
			tab.page().close();
			second.waitForCondition(() -> this.portal.requests()
				.stream()
				.filter((request) -> request.contains("mercure"))
				.count() == 2);
			this.portal.module(alpha("1.2.0", "")).changed();
			assertThat(second.locator("pergola-module-host[data-module=alpha]")).hasText("alpha 1.2.0");
		}
	}

}

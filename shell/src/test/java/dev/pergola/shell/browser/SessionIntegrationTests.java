package dev.pergola.shell.browser;

import java.util.concurrent.atomic.AtomicBoolean;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.pergola.testing.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(Chromium.class)
class SessionIntegrationTests {

	private final AtomicBoolean signedIn = new AtomicBoolean();

	private final ScriptedPortal portal = new ScriptedPortal();

	@BeforeEach
	void module() {
		this.portal.page("/", "<pergola-module-host data-module='alpha'></pergola-module-host>")
			.page("/oauth2/authorization/pergola", "<p>signed in</p>")
			.route("/api/alpha/things",
					(request, response) -> this.signedIn.get() ? response.sendString(Mono.just("\"saved\""))
							: response.status(401).send())
			.module(ScriptedModule.of("alpha", "1.0.0", """
					export function mount(container, pergola) {
					  const field = document.createElement("input");
					  const save = document.createElement("button");
					  const said = document.createElement("output");
					  save.textContent = "Save";
					  save.onclick = async () => {
					    const answer = await pergola.fetch("/api/alpha/things", { method: "POST", body: field.value })
					      .then((response) => response.json(), (error) => `status ${error.status}`);
					    said.textContent = answer;
					  };
					  container.append(field, save, said);
					}
					"""));
	}

	@AfterEach
	void close() {
		this.portal.close();
	}

	@Test
	void signingInAgainKeepsThePageAndSendsTheRequest(Browser browser) {
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			tab.page().locator("input").fill("my words");
			tab.button("Save").click();
			Locator dialog = tab.page().getByRole(AriaRole.DIALOG);
			assertThat(dialog).containsText("Your session has ended");
			this.signedIn.set(true);
			Page popup = tab.page().waitForPopup(() -> tab.button("Sign in").click());
			assertThat(tab.page().locator("output")).hasText("saved");
			assertThat(dialog).hasCount(0);
			tab.page().waitForCondition(popup::isClosed);
			assertThat(tab.page().locator("input")).hasValue("my words");
			assertThat(tab.loads()).isEqualTo(1);
		}
	}

	@Test
	void whoDoesNotWantToIsToldTheRefusal(Browser browser) {
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			tab.button("Save").click();
			tab.button("Not now").click();
			assertThat(tab.page().locator("output")).hasText("status 401");
		}
	}

	@Test
	void withoutANetworkThePageStaysAndSaysSo(Browser browser) {
		this.portal.page("/two", "<p>second</p>");
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			assertThat(tab.button("Save")).isVisible();
			tab.page().context().setOffline(true);
			assertThat(tab.page().locator(".pergola-bar")).containsText("You are offline.");
			tab.menuLink("Two").click();
			assertThat(tab.button("Save")).isVisible();
			tab.page().context().setOffline(false);
			assertThat(tab.page().locator(".pergola-bar")).hasCount(0);
			tab.menuLink("Two").click();
			assertThat(tab.main()).containsText("second");
			assertThat(tab.loads()).isEqualTo(1);
		}
	}

}

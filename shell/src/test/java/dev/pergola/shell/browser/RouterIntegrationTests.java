package dev.pergola.shell.browser;

import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.KeyboardModifier;
import dev.pergola.testing.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(Chromium.class)
class RouterIntegrationTests {

	private final ScriptedPortal portal = new ScriptedPortal();

	@BeforeEach
	void pages() {
		this.portal.page("/", "<p>long</p>" + "<br>".repeat(200) + "<a id='deep' href='/two?x=1#part'>deeper</a>")
			.page("/two",
					"<p>second</p><form action='/found'><input name='q' value='a b'><button name='by' value='me'>Find</button></form>")
			.page("/found", "<p>found</p>");
	}

	@AfterEach
	void close() {
		this.portal.close();
	}

	@Test
	void aLinkSwapsThePageWithoutAReloadAndMovesTheFocus(Browser browser) {
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			tab.menuLink("Two").click();
			assertThat(tab.main()).containsText("second");
			assertThat(tab.page()).hasTitle("/two - Pergola");
			assertThat(tab.page()).hasURL(this.portal.url("/two"));
			assertThat(tab.page().locator("h1")).isFocused();
			assertThat(tab.page().locator("#pergola-announcer")).hasText("/two - Pergola");
			assertThat(tab.loads()).isEqualTo(1);
		}
	}

	@Test
	void backShowsThePageBeforeWhereItWasLeft(Browser browser) {
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			tab.evaluate("scrollTo(0, 1500)");
			tab.evaluate("document.querySelector('#deep').click()");
			assertThat(tab.main()).containsText("second");
			assertThat(tab.page()).hasURL(this.portal.url("/two?x=1#part"));
			tab.page().goBack();
			assertThat(tab.main()).containsText("long");
			tab.page().waitForCondition(() -> (boolean) tab.evaluate("Math.abs(scrollY - 1500) < 3"));
			tab.page().goForward();
			assertThat(tab.main()).containsText("second");
			assertThat(tab.loads()).isEqualTo(1);
		}
	}

	@Test
	void aFormThatOnlyAsksIsFollowedWithItsFields(Browser browser) {
		try (Tab tab = Tab.open(browser, this.portal, "/two")) {
			tab.button("Find").click();
			assertThat(tab.main()).containsText("found");
			assertThat(tab.page()).hasURL(this.portal.url("/found?q=a+b&by=me"));
			assertThat(tab.loads()).isEqualTo(1);
		}
	}

	@Test
	void whatIsNoPageOfThePortalIsLeftToTheBrowser(Browser browser) {
		this.portal.answer("/logout", "text/html", "<h1>bye</h1>")
			.answer("/file", "text/csv", "a;b")
			.page("/three",
					"<a href='/logout'>out</a><a href='/file' download>file</a><a href='/two' target='_blank'>other</a>");
		try (Tab tab = Tab.open(browser, this.portal, "/three")) {
			assertThat(tab.page().waitForDownload(() -> tab.page().getByText("file").click()).suggestedFilename())
				.isEqualTo("file.csv");
			assertThat(tab.page().waitForPopup(() -> tab.page().getByText("other").click()).url()).endsWith("/two");
			tab.page()
				.context()
				.waitForPage(() -> tab.menuLink("Two")
					.click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.CONTROL))));
			assertThat(tab.page()).hasURL(this.portal.url("/three"));
			tab.page().getByText("out").click();
			assertThat(tab.page().locator("h1")).hasText("bye");
			assertThat(tab.loads()).isGreaterThan(1);
		}
	}

	@Test
	void anAnswerThatIsNoPageIsNavigatedToForReal(Browser browser) {
		this.portal.answer("/plain", "text/plain", "just text").page("/three", "<a href='/plain'>plain</a>");
		try (Tab tab = Tab.open(browser, this.portal, "/three")) {
			tab.page().getByText("plain").click();
			assertThat(tab.page()).hasURL(this.portal.url("/plain"));
			assertThat(tab.loads()).isEqualTo(2);
		}
	}

	@Test
	void aPageWithOtherScriptsIsLoadedForReal(Browser browser) {
		this.portal.page("/three", "<script type='module' src='/tests/check.js'></script>third")
			.page("/four", "<a href='/three'>third</a>");
		try (Tab tab = Tab.open(browser, this.portal, "/four")) {
			tab.page().getByText("third").click();
			assertThat(tab.main()).containsText("third");
			assertThat(tab.page()).hasURL(this.portal.url("/three"));
			assertThat(tab.loads()).isEqualTo(2);
		}
	}

	@Test
	void unsavedWorkIsAskedForOnceWithTheNameOfItsModule(Browser browser) {
		this.portal.module(ScriptedModule.of("deals", "1.0.0",
				"export function mount(container, pergola) { container.textContent = 'dirty'; pergola.dirty(true) }"))
			.page("/", "<pergola-module-host data-module='deals'></pergola-module-host>");
		try (Tab tab = Tab.open(browser, this.portal, "/two")) {
			tab.menuLink("Home").click();
			assertThat(tab.main()).containsText("dirty");
			Locator dialog = tab.page().getByRole(AriaRole.DIALOG);
			tab.menuLink("Two").click();
			assertThat(dialog).containsText("Leave Deals?");
			tab.button("Stay").click();
			assertThat(dialog).hasCount(0);
			tab.page().evaluate("history.back()");
			assertThat(dialog).containsText("Leave Deals?");
			tab.button("Stay").click();
			assertThat(tab.page()).hasURL(this.portal.url("/"));
			assertThat(tab.main()).containsText("dirty");
			tab.menuLink("Two").click();
			tab.button("Leave").click();
			assertThat(tab.main()).containsText("second");
			tab.menuLink("Home").click();
			assertThat(tab.main()).containsText("dirty");
			assertThat(dialog).hasCount(0);
		}
	}

	@Test
	void aSlowPageShowsProgressAndALaterClickWins(Browser browser) {
		this.portal.route("/slow", (request, response) -> response.sendString(Mono.never()))
			.page("/three", "<a href='/slow'>slow</a>");
		try (Tab tab = Tab.open(browser, this.portal, "/three")) {
			tab.page().getByText("slow").click();
			assertThat(tab.page().locator(".pergola-progress")).hasCount(1);
			tab.menuLink("Two").click();
			assertThat(tab.main()).containsText("second");
			assertThat(tab.page().locator(".pergola-progress")).hasCount(0);
		}
	}

	@Test
	void thePaletteLeadsToAnyPage(Browser browser) {
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			tab.page().keyboard().press("Control+k");
			Locator field = tab.page().getByRole(AriaRole.COMBOBOX);
			assertThat(field).isFocused();
			field.fill("page sec");
			assertThat(tab.page().getByRole(AriaRole.OPTION)).hasCount(1);
			field.press("Enter");
			assertThat(tab.main()).containsText("second");
			tab.page().getByText("Search", new Page.GetByTextOptions().setExact(true)).click();
			assertThat(field).isFocused();
			assertThat(tab.loads()).isEqualTo(1);
		}
	}

	@Test
	void scriptsAndHandlersInFetchedPagesNeverRun(Browser browser) {
		this.portal
			.page("/evil", "<script>window.hacked = 1</script><img src='x' onerror='window.hacked = 1'><p>evil</p>")
			.page("/three", "<a href='/evil'>evil</a>");
		try (Tab tab = Tab.open(browser, this.portal, "/three")) {
			tab.page().getByText("evil").click();
			assertThat(tab.main().locator("p")).hasText("evil");
			assertThat(tab.evaluate("window.hacked ?? 'safe'")).isEqualTo("safe");
		}
	}

}

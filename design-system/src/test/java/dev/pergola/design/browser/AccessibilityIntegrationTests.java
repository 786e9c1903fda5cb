package dev.pergola.design.browser;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class AccessibilityIntegrationTests extends GalleryContract {

	private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
			"best-practice");

	static Stream<String> pages() throws IOException {
		return GalleryServer.pages().stream();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void axeFindsNothingInLightAndDarkAndNothingIsCutOff(String name) {
		Page page = page(name, wishing(ColorScheme.LIGHT));
		assertThat(violations(page)).as("light").isEmpty();
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
		assertThat(violations(page)).as("dark").isEmpty();
		page.setViewportSize(320, 640);
		assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
		page.context().close();
	}

	@Test
	void navigationOpensWithoutScripts() {
		Page page = page("index", wishing(ColorScheme.LIGHT).setViewportSize(320, 640).setJavaScriptEnabled(false));
		assertThat(page.locator("nav#pergola-navigation").isVisible()).isFalse();
		page.locator(".pergola-navigation-toggle").click();
		page.locator("nav#pergola-navigation a").first().waitFor();
		page.context().close();
	}

	@Test
	void chosenThemeWinsOverTheSystemAndIsKept() {
		Page page = page("theme-switch", wishing(ColorScheme.DARK));
		String dark = background(page);
		page.locator("main pergola-theme-switch").locator("input[type=radio]").nth(1).check();
		page.waitForFunction("() => document.documentElement.dataset.theme === 'light'");
		assertThat(background(page)).isNotEqualTo(dark);
		assertThat(page.context().cookies()).anySatisfy((cookie) -> {
			assertThat(cookie.name).isEqualTo("pergola-theme");
			assertThat(cookie.value).isEqualTo("light");
		});
		page.context().close();
	}

	private static String background(Page page) {
		return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
	}

	private static Browser.NewContextOptions wishing(ColorScheme scheme) {
		return new Browser.NewContextOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE);
	}

	private static List<String> violations(Page page) {
		page.waitForFunction("() => customElements.get('pergola-chat') !== undefined");
		page.waitForFunction("() => document.querySelector('[data-demo]') === null");
		page.evaluate("document.querySelectorAll('main details').forEach((each) => each.open = true)");
		page.waitForFunction("() => !document.getAnimations().some((each) => each instanceof CSSTransition)");
		List<Rule> rules = new AxeBuilder(page).withTags(RULES).analyze().getViolations();
		return rules.stream()
			.flatMap((rule) -> rule.getNodes()
				.stream()
				.map((node) -> rule.getId() + ": " + node.getTarget() + " " + node.getHtml() + " "
						+ node.getFailureSummary()))
			.toList();
	}

}

package dev.pergola.design.browser;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class AccessibilityIntegrationTests extends GalleryContract {

	private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
			"best-practice");

	/** Those whose answer depends on the color scheme. */
	private static final List<String> COLOR_RULES = List.of("color-contrast", "link-in-text-block");

	/** One page for all looks: it is only the gallery that changes. */
	private @Nullable Page shared;

	static Stream<String> pages() throws IOException {
		return GalleryServer.pages().stream();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void axeFindsNothingInLightAndDarkAndNothingIsCutOff(String name) {
		Page page = light(name);
		settle(page);
		page.evaluate(AxeBuilder.getAxeScript());
		assertThat(violations(page, RULES)).as("light").isEmpty();
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
		settle(page);
		assertThat(violations(page, COLOR_RULES)).as("dark").isEmpty();
		page.setViewportSize(320, 640);
		assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
	}

	private Page light(String name) {
		Page page = this.shared;
		if (page == null) {
			this.shared = page(name, wishing(ColorScheme.LIGHT));
			return this.shared;
		}
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
		page.setViewportSize(1280, 720);
		open(page, name);
		return page;
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
		// Colors change by and by.
		page.waitForFunction("(dark) => getComputedStyle(document.body).backgroundColor !== dark", dark);
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

	private static void settle(Page page) {
		page.waitForFunction("() => customElements.get('pergola-chat') !== undefined");
		page.waitForFunction("() => document.querySelector('[data-demo]') === null");
		page.evaluate("document.querySelectorAll('main details').forEach((each) => each.open = true)");
		page.waitForFunction("() => !document.getAnimations().some((each) => each instanceof CSSTransition)");
	}

	// Asked itself: its builder brings the script along each time, and all that is well
	// back.
	private static List<?> violations(Page page, List<String> rules) {
		return (List<?>) page.evaluate("""
				async (rules) => {
				  const { violations } = await axe.run(document, { resultTypes: ["violations"], runOnly: rules });
				  return violations.flatMap(({ id, nodes }) => nodes.map(
				    ({ target, html, failureSummary }) => `${id}: ${target} ${html} ${failureSummary}`));
				}""", rules);
	}

}

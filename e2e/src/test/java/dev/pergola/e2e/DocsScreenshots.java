package dev.pergola.e2e;

import java.nio.file.Path;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ScreenshotCaret;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * The pictures of the documentation, written to {@code docs/images}, or with
 * {@code -De2e.pictures=folder} and {@code -De2e.look=dark|phone} another look to another
 * folder: {@code ./mvnw -Pscreenshots -pl e2e -am verify}.
 */
@OnSharedPlatform
class DocsScreenshots {

	private static final String LOOK = System.getProperty("e2e.look", "light");

	@Test
	void ofTheBusinessPages(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser, look())) {
			visit.settle();
			take(visit, "home");
			visit.open("/partnerships/" + visit.firstId("/api/partnerships/partnerships"));
			visit.settle();
			take(visit, "module");
			visit.open("/people/" + visit.firstId("/api/people/people"));
			visit.settle();
			visit.ask("Co-sell scout", "Who could help us in retail?");
			visit.page().waitForCondition(() -> visit.answer().length() > 200);
			assertThat(visit.button("Stop")).isHidden();
			take(visit, "assistant");
		}
	}

	@Test
	void ofTheAdminPage(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("admin", portal, browser, look())) {
			visit.open("/admin/navigation");
			visit.settle();
			take(visit, "admin-navigation");
			try (Furniture furnished = new Furniture(portal, visit)) {
				assertThat(visit.open("/admin/modules/organizations").getByText(furnished.person()).first())
					.isVisible();
				visit.settle();
				take(visit, "admin-rollout");
				visit.open("/admin/history?from=8");
				visit.settle();
				take(visit, "admin-history");
			}
		}
	}

	@Test
	void ofTheGallery(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("designer", portal, browser, look())) {
			visit.open("/design/");
			visit.settle();
			take(visit, "design");
		}
	}

	private static void take(Visit visit, String name) {
		Path folder = Path.of(System.getProperty("e2e.pictures", Portal.root().resolve("docs/images").toString()));
		visit.page()
			.screenshot(
					new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")).setCaret(ScreenshotCaret.HIDE));
	}

	private static Browser.NewContextOptions look() {
		return new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE)
			.setColorScheme(LOOK.equals("dark") ? ColorScheme.DARK : ColorScheme.LIGHT)
			.setViewportSize(LOOK.equals("phone") ? 320 : 1280, LOOK.equals("phone") ? 720 : 800);
	}

}

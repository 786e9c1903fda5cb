package dev.pergola.e2e;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The menu is arranged by keyboard, by pointer and by single clicks (WCAG 2.5.7), on a
 * draft that is dropped in the end.
 */
@OnSharedPlatform
@Tag("AD-2")
class NavigationEditorE2eTests {

	private Visit visit;

	@BeforeEach
	void open(Portal portal, Browser browser) {
		this.visit = Visit.of("admin", portal, browser);
		this.visit.open("/admin/navigation");
		assertThat(tree()).isVisible();
	}

	@AfterEach
	void drop() {
		this.visit.open("/admin/navigation");
		Locator drop = this.visit.main()
			.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Drop the draft"));
		if (drop.count() > 0) {
			drop.click();
			assertThat(this.visit.main()).containsText("The draft is dropped");
		}
		this.visit.close();
	}

	@Test
	void movesByKeyboardAloneAndSaysSo() {
		List<String> before = keys();
		item(before.get(0)).focus();
		press("Alt+ArrowDown");
		assertSaid("is at place 2 in");
		assertThat(keys()).startsWith(before.get(1), before.get(0));
		assertThat(item(before.get(0))).isFocused();
		press("Alt+ArrowUp");
		assertSaid("is at place 1 in");
		press("Alt+ArrowUp");
		assertSaid("Nothing changed");
		press("Alt+ArrowLeft");
		assertSaid("in “Top, without a heading”");
		assertThat(item(before.get(0)).getAttribute("aria-level")).isEqualTo("1");
		press("Alt+ArrowRight");
		assertSaid("is at place");
		assertThat(item(before.get(0))).hasAttribute("aria-level", "2");
		press("Enter");
		assertThat(this.visit.page()).hasURL(Pattern.compile(".*/admin/navigation/item\\?key=.*"));
		assertThat(this.visit.complaints()).isEmpty();
	}

	@Test
	void quickMovesAreAllKept() {
		List<String> before = keys();
		item(before.get(0)).focus();
		press("Alt+ArrowDown");
		press("Alt+ArrowDown");
		assertSaid("is at place 3 in");
		assertThat(keys()).startsWith(before.get(1), before.get(2), before.get(0));
		assertThat(this.visit.complaints()).isEmpty();
	}

	@Test
	void movesByPointer() {
		List<String> before = keys();
		BoundingBox target = item(before.get(2)).boundingBox();
		item(before.get(0)).locator(".pergola-nav-handle").hover();
		this.visit.page().mouse().down();
		this.visit.page().mouse().move(target.x + 60, target.y + target.height / 2);
		this.visit.page().mouse().move(target.x + 60, target.y + target.height - 3);
		this.visit.page().mouse().up();
		assertSaid("is at place 3 in");
		assertThat(keys()).startsWith(before.get(1), before.get(2), before.get(0));
		assertThat(this.visit.complaints()).isEmpty();
	}

	@Test
	void movesBySingleClicks() {
		List<String> before = keys();
		item(before.get(0)).locator("a").click();
		this.visit.main()
			.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Last").setExact(true))
			.click();
		assertThat(tree()).isVisible();
		assertThat(keys().getFirst()).isEqualTo(before.get(1));
		assertThat(this.visit.complaints()).isEmpty();
	}

	private void press(String keys) {
		this.visit.page().keyboard().press(keys);
	}

	private void assertSaid(String text) {
		assertThat(this.visit.page().locator("#pergola-announcer")).containsText(text);
	}

	private Locator tree() {
		return this.visit.page().getByRole(AriaRole.TREE, new Page.GetByRoleOptions().setName("The menu at a glance"));
	}

	private Locator item(String key) {
		return tree().locator("li[data-key='%s']".formatted(key));
	}

	@SuppressWarnings("unchecked")
	private List<String> keys() {
		return (List<String>) tree().locator("li[data-key]").evaluateAll("(items) => items.map((i) => i.dataset.key)");
	}

}

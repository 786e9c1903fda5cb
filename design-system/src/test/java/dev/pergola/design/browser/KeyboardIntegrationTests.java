package dev.pergola.design.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

class KeyboardIntegrationTests extends GalleryContract {

	@Test
	void paletteOpensFindsWordsInAnyOrderAndReturnsTheFocus() {
		Page page = page("palette");
		Locator opener = page.locator(".pergola-example button").first();
		page.locator("pergola-palette:not([data-demo])").waitFor(attached());
		opener.focus();
		page.keyboard().press("Control+k");
		Locator field = page.getByRole(AriaRole.COMBOBOX);
		assertThat(field).isFocused();
		Locator options = page.locator("pergola-palette [role=option]");
		assertThat(options).hasCount(2);
		field.fill("logistics north");
		assertThat(options).hasCount(1);
		assertThat(options.first()).containsText("Northwind Logistics");
		assertThat(page.locator("pergola-palette [role=status]")).hasText("1 result");
		field.fill("");
		page.keyboard().press("ArrowUp");
		assertThat(options.last()).hasAttribute("aria-selected", "true");
		page.keyboard().press("ArrowDown");
		assertThat(options.first()).hasAttribute("aria-selected", "true");
		assertThat(field).hasAttribute("aria-activedescendant", "option-0");
		page.keyboard().press("Escape");
		assertThat(field).isHidden();
		assertThat(opener).isFocused();
		page.context().close();
	}

	@Test
	void slashOpensThePaletteButNotWhileWriting() {
		Page page = page("palette");
		page.locator("pergola-palette:not([data-demo])").waitFor(attached());
		page.keyboard().press("/");
		Locator field = page.getByRole(AriaRole.COMBOBOX);
		assertThat(field).isFocused();
		page.keyboard().type("a/b");
		assertThat(field).hasValue("a/b");
		page.context().close();
	}

	@Test
	void enterOpensTheChosenResult() {
		Page page = page("palette");
		page.locator("pergola-palette:not([data-demo])").waitFor(attached());
		page.keyboard().press("/");
		page.keyboard().type("deals");
		page.keyboard().press("Enter");
		assertThat(page).hasURL(java.util.regex.Pattern.compile(".*#deals$"));
		page.context().close();
	}

	@Test
	void tabsMoveByArrowsHomeAndEnd() {
		Page page = page("tabs");
		Locator tabs = page.getByRole(AriaRole.TAB);
		tabs.first().focus();
		page.keyboard().press("ArrowRight");
		assertThat(tabs.nth(1)).isFocused();
		assertThat(tabs.nth(1)).hasAttribute("aria-selected", "true");
		assertThat(page.getByRole(AriaRole.TABPANEL)).containsText("Three deals");
		page.keyboard().press("End");
		assertThat(tabs.nth(2)).isFocused();
		page.keyboard().press("ArrowRight");
		assertThat(tabs.first()).isFocused();
		page.keyboard().press("ArrowLeft");
		assertThat(tabs.nth(2)).isFocused();
		page.keyboard().press("Home");
		assertThat(tabs.first()).isFocused();
		assertThat(tabs.nth(1)).hasAttribute("tabindex", "-1");
		page.context().close();
	}

	@Test
	void tableSortsByItsHeadsAndFilters() {
		Page page = page("data-table");
		Locator table = page.locator("pergola-data-table").first();
		Locator rows = table.locator("tbody tr");
		assertThat(rows).hasCount(5);
		table.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Value in €")).press("Enter");
		assertThat(rows.first()).containsText("Meridian Foods");
		table.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Value in €")).press("Enter");
		assertThat(rows.first()).containsText("Tessera Health");
		assertThat(table.locator("th[aria-sort=descending]")).containsText("Value in €");
		table.locator("input[type=search]").fill("kern active");
		assertThat(rows).hasCount(1);
		table.locator("input[type=search]").fill("nobody");
		assertThat(table).containsText("No row fits the filter.");
		table.getByText("Clear filter").press("Enter");
		assertThat(rows).hasCount(5);
		page.context().close();
	}

	private static Locator.WaitForOptions attached() {
		return new Locator.WaitForOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED);
	}

}

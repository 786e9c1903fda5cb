package dev.pergola.design.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

class ToolCardIntegrationTests extends GalleryContract {

	@Test
	void onlyWhatCanBeDecidedIsOffered() {
		Page page = page("tool-card");
		Locator card = page.locator("pergola-tool-card[state=waiting]");
		assertThat(card.locator("footer button")).hasText(new String[] { "Refuse", "Allow once" });
		card.evaluate("(card) => Object.assign(card, { always: true, withoutOnce: true })");
		assertThat(card.locator("footer button")).hasText(new String[] { "Refuse", "Always allow" });
		page.context().close();
	}

}

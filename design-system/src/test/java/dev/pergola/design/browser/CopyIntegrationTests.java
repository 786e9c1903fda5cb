package dev.pergola.design.browser;

import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

class CopyIntegrationTests extends GalleryContract {

	private static final Browser.NewContextOptions ALLOWED = new Browser.NewContextOptions()
		.setPermissions(List.of("clipboard-read", "clipboard-write"));

	@Test
	void aButtonSaysThatItCopied() {
		Page page = page("chat-message", ALLOWED);
		Locator buttons = buttons(page);
		for (int at = 0; at < 3; at++) {
			buttons.nth(at).click();
			assertThat(buttons.nth(at)).containsText("Copied");
			assertThat(page.locator("pergola-announcer [role=status]")).containsText("Copied");
		}
		assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo("**Bold**\n```js\nx\n```\n");
		page.context().close();
	}

	@Test
	void aButtonIsItselfAgainAfterAMoment() {
		Page page = page("chat-message", ALLOWED);
		page.clock().install();
		Locator buttons = buttons(page);
		for (int at = 0; at < 3; at++) {
			String before = buttons.nth(at).innerText();
			buttons.nth(at).click();
			assertThat(buttons.nth(at)).containsText("Copied");
			page.clock().fastForward(10_000);
			assertThat(buttons.nth(at)).hasText(before.strip());
		}
		page.context().close();
	}

	@Test
	void aButtonSaysThatItCouldNotCopy() {
		Page page = page("chat-message");
		Locator buttons = buttons(page);
		page.evaluate("""
				() => {
				  navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
				}""");
		for (int at = 0; at < 3; at++) {
			buttons.nth(at).click();
			assertThat(buttons.nth(at)).containsText("Could not be copied");
			assertThat(page.locator("pergola-announcer [role=alert]")).containsText("Could not be copied");
		}
		page.context().close();
	}

	/** Those of a code block, of the whole as text, and of the whole as markdown. */
	private static Locator buttons(Page page) {
		page.waitForFunction("() => customElements.get('pergola-chat-message') !== undefined");
		page.evaluate("""
				() => {
				  const message = document.createElement('pergola-chat-message');
				  message.id = 'copied';
				  message.append('**Bold**\\n```js\\nx\\n```\\n');
				  document.querySelector('main').append(message);
				  message.finish();
				}""");
		Locator buttons = page.locator("#copied button");
		assertThat(buttons).hasCount(3);
		return buttons;
	}

}

package dev.pergola.shell.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.pergola.testing.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** What is written to an agent and not sent yet. */
@ExtendWith(Chromium.class)
class AssistantDraftIntegrationTests {

	private final ScriptedPortal portal = new ScriptedPortal().agent("deals", "researcher", "Deal researcher")
		.agent("deals", "briefing", "Deal briefing")
		.page("/", "<p>first</p>");

	@AfterEach
	void close() {
		this.portal.close();
	}

	@Test
	void staysWhenThePanelIsClosedOrAnotherAgentIsChosen(Browser browser) {
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			Locator opener = tab.page().getByText("Open the assistant");
			Locator field = tab.page().getByRole(AriaRole.TEXTBOX);
			opener.click();
			field.pressSequentially("Which deal");
			tab.button("Close the assistant").click();
			assertThat(field).hasCount(0);
			opener.click();
			assertThat(field).hasValue("Which deal");
			tab.page().getByLabel("Agent").selectOption("Deal briefing");
			assertThat(field).hasAccessibleName("Message to Deal briefing");
			assertThat(field).hasValue("Which deal");
			tab.button("New conversation").click();
			assertThat(field).hasValue("Which deal");
		}
	}

}

package dev.pergola.e2e;

import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(Platform.class)
class AssistantE2eTests {

	private static final String QUESTION = "Who could help us in retail?";

	@Test
	void wordsAppearAsTheAgentWritesThem(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			ask(visit, "Co-sell scout", QUESTION);
			assertThat(log(visit)).containsText(QUESTION);
			visit.page().waitForCondition(() -> answer(visit).length() > 20);
			int early = answer(visit).length();
			assertThat(visit.button("Stop")).isVisible();
			visit.page().waitForCondition(() -> answer(visit).length() > early + 40);
			assertThat(visit.button("Stop")).isHidden();
			assertThat(answer(visit).length()).isGreaterThan(200);
			assertThat(visit.complaints()).isEmpty();
		}
	}

	@Test
	void stopEndsTheProgramAndKeepsWhatWasWritten(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			ask(visit, "Co-sell scout", QUESTION);
			visit.page().waitForCondition(() -> answer(visit).length() > 20);
			assertThat(programs(portal)).isPositive();
			visit.button("Stop").click();
			assertThat(log(visit)).containsText(Pattern.compile("stopped", Pattern.CASE_INSENSITIVE));
			visit.page().waitForCondition(() -> programs(portal) == 0);
			assertThat(answer(visit).length()).isGreaterThan(20);
		}
	}

	@Test
	void aReloadReadsOnWhereItWas(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			ask(visit, "Co-sell scout", QUESTION);
			visit.page().waitForCondition(() -> answer(visit).length() > 40);
			String early = answer(visit).substring(0, 30);
			visit.page().reload();
			openAssistant(visit);
			assertThat(log(visit)).containsText(QUESTION);
			assertThat(visit.button("Stop")).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(60_000));
			String whole = answer(visit);
			assertThat(whole).startsWith(early);
			assertThat(whole.indexOf(early, 1)).as("nothing twice").isNegative();
			assertThat(whole.length()).isGreaterThan(200);
		}
	}

	@Test
	void anAgentThatSpeaksHttpAnswersTheSameWay(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			ask(visit, "Deal researcher", "Which deals are at risk?");
			visit.page().waitForCondition(() -> answer(visit).length() > 100);
			assertThat(visit.button("Stop")).isHidden();
		}
	}

	private static void ask(Visit visit, String agent, String question) {
		openAssistant(visit);
		visit.page().getByLabel("Agent").selectOption(agent);
		Locator prompt = visit.page()
			.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message to " + agent));
		prompt.fill(question);
		prompt.press("Enter");
	}

	private static void openAssistant(Visit visit) {
		visit.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open the assistant")).click();
	}

	private static Locator log(Visit visit) {
		return visit.page().locator("pergola-chat");
	}

	private static String answer(Visit visit) {
		Locator answers = log(visit).locator("pergola-chat-message[from=assistant]");
		return (answers.count() == 0) ? "" : (String) answers.last().evaluate("message => message.text");
	}

	private static long programs(Portal portal) {
		return portal.process()
			.descendants()
			.filter((process) -> process.info().commandLine().orElse("").contains("co_sell.py"))
			.count();
	}

}

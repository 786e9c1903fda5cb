package dev.pergola.e2e;

import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@OnSharedPlatform
class AssistantE2eTests {

	private static final String QUESTION = "Who could help us in retail?";

	@Test
	void wordsAppearAsTheAgentWritesThem(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.ask("Co-sell scout", QUESTION);
			assertThat(log(visit)).containsText(QUESTION);
			visit.page().waitForCondition(() -> visit.answer().length() > 20);
			int early = visit.answer().length();
			assertThat(visit.button("Stop")).isVisible();
			visit.page().waitForCondition(() -> visit.answer().length() > early + 40);
			assertThat(visit.button("Stop")).isHidden();
			assertThat(visit.answer().length()).isGreaterThan(200);
			assertThat(visit.complaints()).isEmpty();
		}
	}

	@Test
	@Tag("CH-4")
	void stopEndsTheProgramAndKeepsWhatWasWritten(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.ask("Co-sell scout", QUESTION);
			visit.page().waitForCondition(() -> visit.answer().length() > 20);
			assertThat(portal.programs("co_sell.py")).isNotEmpty();
			visit.button("Stop").click();
			assertThat(log(visit)).containsText(Pattern.compile("stopped", Pattern.CASE_INSENSITIVE));
			visit.page().waitForCondition(() -> portal.programs("co_sell.py").isEmpty());
			assertThat(visit.answer().length()).isGreaterThan(20);
		}
	}

	@Test
	@Tag("CH-10")
	void aReloadReadsOnWhereItWas(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.ask("Co-sell scout", QUESTION);
			visit.page().waitForCondition(() -> visit.answer().length() > 40);
			String early = visit.answer().substring(0, 30);
			visit.page().reload();
			visit.openAssistant();
			assertThat(log(visit)).containsText(QUESTION);
			assertThat(visit.button("Stop")).isHidden();
			String whole = visit.answer();
			assertThat(whole).startsWith(early);
			assertThat(whole.indexOf(early, 1)).as("nothing twice").isNegative();
			assertThat(whole.length()).isGreaterThan(200);
		}
	}

	@Test
	void anAgentThatSpeaksHttpAnswersTheSameWay(Portal portal, Browser browser) {
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.ask("Deal researcher", "Which deals are at risk?");
			visit.page().waitForCondition(() -> visit.answer().length() > 100);
			assertThat(visit.button("Stop")).isHidden();
		}
	}

	@Test
	@Tag("CH-9")
	void nothingIsWrittenBeforeThePersonAllowsIt(Portal portal, Browser browser) {
		String deals = "/api/deals/deals?q=Health&open=true";
		try (Visit visit = Visit.of("business", portal, browser)) {
			visit.ask("Deal researcher", "Note the deals in Health as at risk");
			Locator card = visit.page().locator("pergola-tool-card");
			assertThat(card).containsText("Note as at risk: ");
			assertThat(card).containsText(Pattern.compile("What changes: \\d+ deal"));
			assertThat(visit.get(deals).text()).doesNotContain("\"atRisk\":true");
			visit.page().reload();
			visit.button("Allow once").click();
			assertThat(log(visit)).containsText("noted as at risk.");
			assertThat(card).hasAttribute("state", "done");
			assertThat(visit.get(deals).text()).contains("\"atRisk\":true");
			assertThat(visit.complaints()).isEmpty();
		}
	}

	private static Locator log(Visit visit) {
		return visit.page().locator("pergola-chat");
	}

}

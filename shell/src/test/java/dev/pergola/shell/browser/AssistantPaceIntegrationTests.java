package dev.pergola.shell.browser;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.pergola.testing.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** How quick the page is while an agent is at work. */
@ExtendWith(Chromium.class)
class AssistantPaceIntegrationTests {

	private final ScriptedPortal portal = new ScriptedPortal();

	@BeforeEach
	void agent() {
		this.portal.agent("deals", "researcher", "Deal researcher").page("/", "<p>first</p>");
	}

	@AfterEach
	void close() {
		this.portal.close();
	}

	private Tab open(Browser browser) {
		Tab tab = Tab.open(browser, this.portal, "/");
		tab.page().getByText("Open the assistant").click();
		return tab;
	}

	@Test
	@Tag("CH-1")
	void theFirstSignOfWorkIsThereAtOnce(Browser browser) {
		this.portal.route("/agents/deals/researcher/runs", (request, response) -> response.sse().neverComplete());
		try (Tab tab = open(browser)) {
			tab.page().getByRole(AriaRole.TEXTBOX).fill("Which deals?");
			Object frames = tab.evaluate("""
					async () => {
					  const chat = document.querySelector("pergola-chat");
					  let frames = 0;
					  chat.shadowRoot.querySelector("form").requestSubmit();
					  while (chat.querySelectorAll("pergola-chat-message").length < 2) {
					    await new Promise(requestAnimationFrame);
					    frames++;
					  }
					  return frames;
					}""");
			// A tenth of a second, where nothing else holds the page up.
			assertThat(((Number) frames).intValue()).as("frames until it is there").isLessThanOrEqualTo(6);
			assertThat(tab.page().locator("pergola-chat-message[from=user]")).containsText("Which deals?");
			assertThat(tab.button("Stop")).isVisible();
		}
	}

	@Test
	@Tag("CH-6")
	void aLongAnswerKeepsThePageSmooth(Browser browser) {
		try (Tab tab = open(browser)) {
			this.portal.route("/agents/deals/researcher/runs",
					(request, response) -> response.sse().sendString(LongAnswer.frames(), StandardCharsets.UTF_8));
			double before = LongAnswer.slowness(tab);
			LongAnswer.Cost cost = LongAnswer.measure(tab);
			assertThat(cost.secondHalf()).as("a piece costs the same however much is there: %s", cost)
				.isLessThan(2 * cost.firstHalf() + 0.5);
			double slowness = Math.max(before, LongAnswer.slowness(tab));
			assertThat(cost.longestTask()).as("longest task, on a machine %s times slower at worst", slowness)
				.isLessThanOrEqualTo(50 * slowness);
		}
	}

	@Test
	@Tag("CH-6")
	void lettersAppearNearlyAsSoonWhileAnAnswerIsWritten(Browser browser) {
		this.portal.route("/agents/deals/researcher/runs",
				(request, response) -> response.sse().sendString(LongAnswer.frames(), StandardCharsets.UTF_8));
		try (Tab tab = open(browser)) {
			Typing.measure(tab);
			Typing alone = Typing.measure(tab);
			Locator field = tab.page().getByRole(AriaRole.TEXTBOX);
			field.fill("Tell me everything");
			field.press("Enter");
			assertThat(tab.page().locator("pergola-chat-message[from=assistant]").last())
				.containsText("A part of the answer");
			Typing during = Typing.measure(tab);
			assertThat(tab.button("Stop")).isVisible();
			// Rendering all that is there for each piece would cost far more.
			assertThat(during.at(0.75)).as("%s, and without an answer %s", during, alone)
				.isLessThan(5 * alone.at(0.75));
		}
	}

	@Test
	@Tag("CH-6")
	void whatAStepIsCalledWithIsShownOnceAFrame(Browser browser) {
		String step = """
				id: 1
				data: {"type":"TOOL_CALL_START","toolCallId":"t","toolCallName":"note"}

				""";
		String arguments = IntStream.range(2, 2002).mapToObj((id) -> """
				id: %d
				data: {"type":"TOOL_CALL_ARGS","toolCallId":"t","delta":"a"}

				""".formatted(id)).collect(Collectors.joining());
		this.portal.route("/agents/deals/researcher/runs",
				(request, response) -> response.sse().sendString(Mono.just(step + arguments).concatWith(Mono.never())));
		try (Tab tab = open(browser)) {
			tab.evaluate("""
					async () => {
					  const { ChatView } = await import("/assets/shell/assistant/chat-view.js");
					  const { show } = ChatView.prototype;
					  window.shown = 0;
					  ChatView.prototype.show = function () {
					    window.shown += 1;
					    show.call(this);
					  };
					}""");
			Locator field = tab.page().getByRole(AriaRole.TEXTBOX);
			field.fill("Note it");
			field.press("Enter");
			assertThat(tab.page().locator("pergola-tool-card")).containsText("a".repeat(2000));
			assertThat(((Number) tab.evaluate("shown")).intValue()).isLessThan(500);
		}
	}

}

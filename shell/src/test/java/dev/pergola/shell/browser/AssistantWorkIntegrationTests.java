package dev.pergola.shell.browser;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.pergola.testing.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What people do with answers: decide, copy, judge, ask again, come back. */
@ExtendWith(Chromium.class)
class AssistantWorkIntegrationTests {

	private static final String STEP = "{'type':'TOOL_CALL_START','toolCallId':'t','toolCallName':'note_risk'}";

	private static final String ARGUMENTS = "{'type':'TOOL_CALL_ARGS','toolCallId':'t','delta':'{\\'deal\\':7}'}"
		.replace("\\'", "\\\"");

	private static final String RESULT = "{'type':'TOOL_CALL_RESULT','toolCallId':'t','content':'noted'}";

	private static final String ASKS = """
			{'type':'RUN_FINISHED','outcome':{'type':'interrupt','interrupts':[{'id':'i','reason':'tool_call','toolCallId':'t',\
			'message':'Note the deal as at risk','metadata':{'consequence':'1 deal'},\
			'responseSchema':{'properties':{'decision':{'enum':['refuse','once'%s]}}}}]}}""";

	private static final String[] DONE = ScriptedRuns.says("m", "Done");

	private final ScriptedPortal portal = new ScriptedPortal();

	private final ScriptedRuns runs = new ScriptedRuns();

	@BeforeEach
	void agent() {
		this.portal.agent("deals", "researcher", "Deal researcher")
			.page("/", "<p>first</p>")
			.page("/assistant", "<pergola-assistant></pergola-assistant>")
			.route("/agents/deals/researcher/runs", this.runs::answer);
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

	private Tab ask(Browser browser, String text) {
		Tab tab = open(browser);
		say(tab, text);
		return tab;
	}

	private static void say(Tab tab, String text) {
		Locator field = tab.page().getByRole(AriaRole.TEXTBOX);
		field.fill(text);
		field.press("Enter");
	}

	private static Locator card(Tab tab) {
		return tab.page().locator("pergola-tool-card");
	}

	private static Locator last(Tab tab) {
		return tab.page().locator("pergola-chat-message[from=assistant]").last();
	}

	private void asks(String more) {
		this.runs.then(STEP, ARGUMENTS, ASKS.formatted(more));
	}

	@Test
	@Tag("CH-8")
	void aStepIsACardInLineWithAllItSays(Browser browser) {
		this.runs.then(STEP, ARGUMENTS, RESULT, DONE[0], DONE[1], DONE[2], DONE[3]);
		try (Tab tab = ask(browser, "Note it")) {
			assertThat(card(tab)).containsText("Note risk");
			assertThat(card(tab)).containsText("\"deal\": 7");
			assertThat(card(tab)).containsText("Done");
			assertThat(card(tab)).containsText(Pattern.compile("\\d\\.\\d s"));
			assertThat(card(tab).getByText("noted")).isHidden();
			card(tab).getByText("Result").click();
			assertThat(card(tab).getByText("noted")).isVisible();
			assertThat(tab.page().locator("dialog[open]")).hasCount(0);
			assertThat(last(tab)).containsText("1,234 tokens");
		}
	}

	@Test
	@Tag("CH-9")
	void aWriteWaitsUntilThePersonAllowsIt(Browser browser) {
		asks("");
		this.runs.then(RESULT, DONE[0], DONE[1], DONE[2], DONE[3]);
		try (Tab tab = ask(browser, "Note it")) {
			assertThat(card(tab)).containsText("Note the deal as at risk");
			assertThat(card(tab)).containsText("What changes: 1 deal");
			assertThat(card(tab)).containsText("Needs your answer");
			assertThat(tab.button("Always allow")).hasCount(0);
			assertThat(tab.page().getByPlaceholder("Decide above first, then it goes on")).isVisible();
			tab.page().reload();
			tab.button("Allow once").focus();
			tab.page().keyboard().press("Enter");
			assertThat(last(tab)).containsText("Done");
			assertThat(card(tab)).hasAttribute("state", "done");
			assertThat(tab.page().getByRole(AriaRole.TEXTBOX)).isFocused();
		}
		JsonNode resume = this.runs.inputs().get(1).path("resume").path(0);
		assertThat(resume.path("interruptId").asString()).isEqualTo("i");
		assertThat(resume.at("/payload/decision").asString()).isEqualTo("once");
		assertThat(this.runs.inputs().get(1).path("threadId")).isEqualTo(this.runs.inputs().get(0).path("threadId"));
	}

	@Test
	@Tag("CH-9")
	void aRefusalIsSentAndStaysSeen(Browser browser) {
		asks(",'always'");
		this.runs.then(RESULT, DONE[0], DONE[1], DONE[2], DONE[3]);
		try (Tab tab = ask(browser, "Note it")) {
			assertThat(tab.button("Always allow")).isVisible();
			tab.button("Refuse").click();
			assertThat(last(tab)).containsText("Done");
			assertThat(card(tab)).hasAttribute("state", "refused");
			assertThat(card(tab)).containsText("Refused");
		}
		assertThat(this.runs.inputs().get(1).at("/resume/0/payload/decision").asString()).isEqualTo("refuse");
	}

	@Test
	@Tag("CH-9")
	void whatIsWrittenMeanwhileWaitsForTheDecision(Browser browser) {
		asks("");
		this.runs.then(RESULT, DONE[0], DONE[1], DONE[2], DONE[3]).then(ScriptedRuns.says("n", "Then this"));
		try (Tab tab = ask(browser, "Note it")) {
			assertThat(tab.button("Allow once")).isVisible();
			say(tab, "And then?");
			assertThat(tab.page().getByText("Will be sent when the answer is complete")).isVisible();
			assertThat(this.runs.inputs()).hasSize(1);
			tab.button("Allow once").click();
			assertThat(last(tab)).containsText("Then this");
			assertThat(tab.page().getByText("Will be sent when the answer is complete")).hasCount(0);
		}
	}

	@Test
	@Tag("CH-5")
	void anAnswerIsCopiedAsTextAndAsMarkdown(Browser browser) {
		this.runs.then(ScriptedRuns.says("m", "Two **fit**:\n\n- Northwind\n- Alder\n\n```js\nlet a;\n```\n"));
		try (Tab tab = ask(browser, "Who?")) {
			tab.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
			tab.button("Copy").focus();
			tab.page().keyboard().press("Enter");
			tab.page().waitForCondition(() -> clipboard(tab).equals("Two fit:\n\n- Northwind\n- Alder\n\nlet a;"));
			tab.page().keyboard().press("Tab");
			assertThat(tab.button("Copy as Markdown")).isFocused();
			tab.page().keyboard().press("Enter");
			tab.page().waitForCondition(() -> clipboard(tab).contains("Two **fit**:"));
			assertThat(clipboard(tab)).contains("```js");
			tab.button("Copy code").click();
			tab.page().waitForCondition(() -> clipboard(tab).equals("let a;"));
		}
	}

	private static String clipboard(Tab tab) {
		return (String) tab.evaluate("navigator.clipboard.readText()");
	}

	@Test
	@Tag("CH-5")
	void anAnswerIsJudged(Browser browser) {
		this.runs.then(ScriptedRuns.says("m", "Two"));
		try (Tab tab = ask(browser, "Who?")) {
			tab.evaluate(
					"""
							() => document.addEventListener("pergola-assistant-feedback", (event) =>
							  (window.judged ??= []).push(`${event.module}/${event.agent} ${event.messageId} ${event.rating}`))""");
			tab.button("Good answer").click();
			assertThat(tab.button("Good answer")).hasAttribute("aria-pressed", "true");
			tab.button("Bad answer").click();
			tab.button("Bad answer").click();
			assertThat(tab.evaluate("judged.join()"))
				.isEqualTo("deals/researcher m up,deals/researcher m down,deals/researcher m null");
		}
	}

	@Test
	@Tag("CH-5")
	void aMessageIsChangedAndSentAgain(Browser browser) {
		this.runs.then(ScriptedRuns.says("m", "One")).then(ScriptedRuns.says("n", "Two"));
		try (Tab tab = ask(browser, "Which dael?")) {
			tab.button("Edit").focus();
			tab.page().keyboard().press("Enter");
			Locator field = tab.page().getByLabel("Edit your message");
			assertThat(field).isFocused();
			assertThat(field).hasValue("Which dael?");
			field.fill("Which deal?");
			tab.button("Send again").click();
			assertThat(tab.page().getByRole(AriaRole.TEXTBOX)).isFocused();
			assertThat(last(tab)).containsText("Two");
			assertThat(tab.page().getByText("Which dael?")).hasCount(0);
			assertThat(tab.page().getByText("One")).hasCount(0);
		}
		assertThat(this.runs.inputs().get(1).path("messages")).hasSize(1);
	}

	@Test
	void conversationsAreFoundNamedAndDeleted(Browser browser) {
		this.portal.agent("deals", "briefing", "Deal briefing");
		this.runs.then(ScriptedRuns.says("m", "One")).then(ScriptedRuns.says("n", "Two"));
		try (Tab tab = ask(browser, "First question")) {
			assertThat(last(tab)).containsText("One");
			Locator choice = tab.page().getByLabel("Agent");
			choice.focus();
			choice.press("ArrowDown");
			assertThat(tab.page().getByText("First question")).hasCount(0);
			assertThat(choice).isFocused();
			tab.button("New conversation").click();
			assertThat(tab.page().getByRole(AriaRole.TEXTBOX)).isFocused();
			choice.selectOption("Deal researcher");
			say(tab, "Second question");
			assertThat(last(tab)).containsText("Two");
			tab.button("Conversations").click();
			tab.button("Rename First question").click();
			tab.page().getByLabel("Name of the conversation").fill("Harbor");
			tab.button("Save").click();
			assertThat(tab.button("Rename Harbor")).isFocused();
			tab.button("Delete Second question").click();
			assertThat(tab.button("Undo")).isFocused();
			tab.page().keyboard().press("Enter");
			assertThat(history(tab, "Second question")).isFocused();
			tab.button("Delete Second question").click();
			history(tab, "Harbor").click();
			assertThat(last(tab)).containsText("One");
			assertThat(tab.page().getByRole(AriaRole.TEXTBOX)).isFocused();
			tab.page().reload();
			assertThat(last(tab)).containsText("One");
			tab.button("Conversations").click();
			assertThat(history(tab, "Harbor")).isVisible();
			assertThat(tab.page().getByText("Second question")).hasCount(0);
			tab.page().keyboard().press("Escape");
			assertThat(tab.button("Conversations")).isFocused();
		}
	}

	private static Locator history(Tab tab, String title) {
		return tab.page()
			.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Conversations"))
			.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + title)));
	}

	@Test
	@Tag("CH-10")
	void whatThePortalRemembersIsThereInANewTab(Browser browser) {
		this.portal.answer("/agents/threads", "application/json", """
				[{"threadId":"th","module":"deals","agent":"researcher","title":"Yesterday",
				  "updatedAt":"2026-01-02T03:04:05Z","activeRunId":"r"}]""")
			.answer("/agents/threads/th", "application/json", """
					{"threadId":"th","messages":[{"id":"u","role":"user","content":"Hello"},
					 {"id":"m","role":"assistant","content":"One "}],"interrupts":[],"activeRunId":"r"}""")
			.route("/agents/runs/r/events", this.runs::answer);
		this.runs.then(ScriptedRuns.says("m", "One two three"));
		try (Tab tab = Tab.open(browser, this.portal, "/assistant")) {
			tab.button("Conversations").click();
			history(tab, "Yesterday").click();
			assertThat(last(tab)).containsText("One two three");
			assertThat(last(tab).evaluate("message => message.text")).isEqualTo("One two three");
			assertThat(tab.page().locator("pergola-chat-message[from=user]")).containsText("Hello");
		}
	}

	@Test
	void thePlaceInTheQueueIsTold(Browser browser) {
		this.portal.route("/agents/deals/researcher/runs",
				(request, response) -> response.sse().sendString(Flux.concat(Mono.just("""
						id: 1
						data: {"type":"RUN_STARTED"}

						id: 2
						data: {"type":"CUSTOM","name":"pergola.queue","value":{"position":3}}

						"""), Mono.never())));
		try (Tab tab = ask(browser, "Which?")) {
			Locator.FilterOptions place = new Locator.FilterOptions().setHasText("Number 3 in line");
			assertThat(tab.page().getByRole(AriaRole.PARAGRAPH).filter(place)).isVisible();
			assertThat(tab.page().getByRole(AriaRole.STATUS)).hasText("Number 3 in line");
			assertThat(tab.button("Stop")).isVisible();
		}
	}

}

package dev.pergola.shell.browser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.pergola.testing.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(Chromium.class)
class AssistantIntegrationTests {

	private final ScriptedPortal portal = new ScriptedPortal();

	/** The log of the one run, replayed to whoever comes with a cursor. */
	private final List<String> log = new CopyOnWriteArrayList<>();

	private final Sinks.Many<Integer> written = Sinks.many().replay().latest();

	private final List<String> cursors = new CopyOnWriteArrayList<>();

	@BeforeEach
	void agent() {
		this.portal.agent("partnerships", "co-sell", "Co-sell scout")
			.page("/", "<p>first</p>")
			.page("/two", "<p>second</p>")
			.route("/agents/partnerships/co-sell/runs", this::run);
	}

	@AfterEach
	void close() {
		this.portal.close();
	}

	private Publisher<Void> run(HttpServerRequest request, HttpServerResponse response) {
		String cursor = request.requestHeaders().get("Last-Event-ID");
		this.cursors.add(String.valueOf(cursor));
		int from = (cursor == null) ? 0 : Integer.parseInt(cursor) + 1;
		Flux<String> frames = Flux.defer(() -> {
			int[] next = { from };
			return this.written.asFlux().concatMap((size) -> {
				List<String> fresh = List.copyOf(this.log.subList(Math.min(next[0], size), size));
				next[0] = Math.max(next[0], size);
				return Flux.fromIterable(fresh);
			});
		});
		return response.sse()
			.sendString(frames.takeUntil((frame) -> frame.contains("RUN_FINISHED")), StandardCharsets.UTF_8);
	}

	private void write(String event) {
		this.log.add("id: %06d\ndata: %s\n\n".formatted(this.log.size(), event));
		this.written.tryEmitNext(this.log.size());
	}

	private void say(String json) {
		write("{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m1\",\"delta\":" + json + "}");
	}

	private void begin() {
		write("{\"type\":\"RUN_STARTED\",\"runId\":\"r\",\"threadId\":\"t\"}");
		write("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m1\",\"role\":\"assistant\"}");
	}

	private void finish(String outcome) {
		write("{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m1\"}");
		write("{\"type\":\"RUN_FINISHED\",\"runId\":\"r\",\"outcome\":{\"type\":\"" + outcome + "\"}}");
	}

	private Tab ask(Browser browser) {
		Tab tab = Tab.open(browser, this.portal, "/");
		tab.page().getByText("Open the assistant").click();
		Locator field = tab.page().getByRole(AriaRole.TEXTBOX);
		field.fill("Who could help?");
		field.press("Enter");
		assertThat(tab.page().locator("pergola-chat-message[from=user]")).containsText("Who could help?");
		return tab;
	}

	private static Locator answer(Page page) {
		return page.locator("pergola-chat-message[from=assistant]");
	}

	@Test
	void wordsAppearAsTheyAreWritten(Browser browser) {
		try (Tab tab = ask(browser)) {
			assertThat(tab.button("Stop")).isVisible();
			begin();
			say("\"Two **part\"");
			assertThat(answer(tab.page())).containsText("Two");
			say("\"ners** fit.\"");
			assertThat(answer(tab.page()).locator("strong")).hasText("partners");
			finish("success");
			assertThat(tab.button("Stop")).hasCount(0);
			assertThat(tab.button("Retry")).isVisible();
			assertThat(this.cursors).containsExactly("null");
		}
	}

	@Test
	@Tag("CH-10")
	void aReloadAndAnotherPageGoOnWhereTheAnswerWas(Browser browser) {
		try (Tab tab = ask(browser)) {
			begin();
			say("\"One \"");
			assertThat(answer(tab.page())).containsText("One");
			tab.menuLink("Two").click();
			assertThat(tab.main()).containsText("second");
			say("\"two \"");
			assertThat(answer(tab.page())).containsText("One two");
			tab.page().reload();
			say("\"three.\"");
			assertThat(answer(tab.page())).containsText("One two three.");
			finish("success");
			assertThat(tab.button("Stop")).hasCount(0);
			assertThat(answer(tab.page()).evaluate("message => message.text")).isEqualTo("One two three.");
			assertThat(this.cursors).hasSize(2).doesNotContain("000000");
		}
	}

	@Test
	@Tag("CH-4")
	void stopEndsTheRunAndKeepsWhatWasWritten(Browser browser) {
		try (Tab tab = ask(browser)) {
			begin();
			say("\"Half an ans\"");
			assertThat(answer(tab.page())).containsText("Half an ans");
			tab.page().route("**/agents/runs/*/cancel", (route) -> {
				finish("cancelled");
				route.fulfill(new Route.FulfillOptions().setStatus(202));
			});
			tab.page().getByRole(AriaRole.TEXTBOX).press("Escape");
			assertThat(answer(tab.page())).containsText("Stopped");
			assertThat(answer(tab.page())).containsText("Half an ans");
			assertThat(tab.page().getByRole(AriaRole.TEXTBOX)).isEnabled();
		}
	}

	@Test
	@Tag("CH-4")
	void stopShowsAtOnceHoweverLongTheAgentTakes(Browser browser) {
		try (Tab tab = ask(browser)) {
			begin();
			say("\"Half an ans\"");
			assertThat(answer(tab.page())).containsText("Half an ans");
			tab.page()
				.route("**/agents/runs/*/cancel", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(202)));
			Object millis = tab.evaluate(
					"""
							async () => {
							  const chat = document.querySelector("pergola-chat");
							  const before = performance.now();
							  [...chat.shadowRoot.querySelectorAll("button")].find((one) => one.textContent.includes("Stop")).click();
							  const answer = chat.querySelector("pergola-chat-message[from=assistant]");
							  while (!answer.stopped || chat.busy) {
							    await new Promise(requestAnimationFrame);
							  }
							  return performance.now() - before;
							}""");
			assertThat(((Number) millis).doubleValue()).isLessThan(300);
			assertThat(tab.page().getByRole(AriaRole.TEXTBOX)).isFocused();
			finish("cancelled");
			assertThat(tab.button("Retry")).isVisible();
			assertThat(answer(tab.page())).containsText("Stopped");
		}
	}

	@Test
	@Tag("CH-7")
	void whatAnAgentWritesIsNeverHtml(Browser browser) {
		try (Tab tab = ask(browser)) {
			begin();
			for (String attack : List.of("<img src=x onerror=window.hacked=1>", "<script>window.hacked=1</script>",
					"[click](javascript:window.hacked=1)", "![x](https://evil.example/x.png)",
					"<svg onload=window.hacked=1>", "[d](data:text/html,<script>1</script>)",
					"<a href='https://evil.example' onclick='hacked=1'>x</a>")) {
				say("\"" + attack + "\\n\\n\"");
			}
			finish("success");
			assertThat(tab.button("Stop")).hasCount(0);
			Locator answer = answer(tab.page());
			assertThat(answer).containsText("<img src=x onerror");
			assertThat(answer.locator("img, script, iframe, svg[onload], [onclick], [onerror]")).hasCount(0);
			assertThat(answer.locator("a[href^='javascript'], a[href^='data']")).hasCount(0);
			assertThat(tab.evaluate("window.hacked ?? 'safe'")).isEqualTo("safe");
		}
	}

	@Test
	void aRefusalIsToldWithAWayToAskAgain(Browser browser) {
		this.portal.route("/agents/partnerships/co-sell/runs", (request, response) -> response.status(403)
			.header("Content-Type", "application/problem+json")
			.sendString(
					Mono.just("{\"type\":\"/problems/forbidden\",\"detail\":\"Not for you.\",\"traceId\":\"7f\"}")));
		try (Tab tab = ask(browser)) {
			assertThat(tab.page().locator(".pergola-message.danger")).containsText("Not for you.");
			assertThat(tab.page().locator(".pergola-message.danger")).containsText("Error id: 7f");
			assertThat(tab.page().getByRole(AriaRole.ALERT)).containsText("Not for you.");
			tab.evaluate("""
					() => {
					  window.said = [];
					  const alert = document.querySelector("pergola-chat").shadowRoot.querySelector("[role=alert]");
					  new MutationObserver(() => said.push(alert.textContent.trim()))
					    .observe(alert, { childList: true, characterData: true, subtree: true });
					}""");
			tab.button("Retry").click();
			assertThat(tab.page().getByRole(AriaRole.TEXTBOX)).isFocused();
			tab.page().waitForFunction("() => said.length === 2 && said[0] === '' && said[1].includes('Not for you.')");
			this.portal.route("/agents/partnerships/co-sell/runs", this::run);
			begin();
			say("\"Now.\"");
			finish("success");
			tab.button("Retry").click();
			assertThat(answer(tab.page())).containsText("Now.");
			assertThat(tab.page().locator(".pergola-message.danger")).hasCount(0);
		}
	}

	@Test
	@Tag("CH-2")
	void anAnswerIsAnnouncedTwiceAtMost(Browser browser) {
		try (Tab tab = ask(browser)) {
			tab.evaluate(
					"""
							() => {
							  window.said = [];
							  const root = document.querySelector("pergola-chat").shadowRoot;
							  new MutationObserver(() => said.push(root.querySelector("[role=status]").textContent))
							    .observe(root.querySelector("[role=status]"), { childList: true, characterData: true, subtree: true });
							}""");
			begin();
			for (int token = 0; token < 400; token++) {
				say("\"word \"");
			}
			finish("success");
			assertThat(tab.button("Stop")).hasCount(0);
			assertThat((List<?>) tab.evaluate("said")).hasSizeLessThanOrEqualTo(2);
			assertThat(tab.page().getByRole(AriaRole.LOG)).hasAttribute("aria-live", "off");
		}
	}

	@Test
	void theAssistantFitsASmallScreen(Browser browser) {
		try (Tab tab = ask(browser)) {
			tab.page().setViewportSize(320, 640);
			begin();
			say("\"" + "averyverylongword".repeat(20) + "\"");
			finish("success");
			assertThat(tab.button("Stop")).hasCount(0);
			assertThat(tab.evaluate("document.documentElement.scrollWidth <= 320")).isEqualTo(true);
			assertThat(tab.page().getByRole(AriaRole.TEXTBOX)).isInViewport();
		}
	}

	@Test
	void escapeClosesThePanelAndTheFocusGoesBack(Browser browser) {
		try (Tab tab = Tab.open(browser, this.portal, "/")) {
			tab.page().getByText("Open the assistant").click();
			assertThat(tab.page().getByRole(AriaRole.TEXTBOX)).isFocused();
			tab.page().keyboard().press("Escape");
			assertThat(tab.page().locator("#pergola-assistant")).hasCount(0);
			assertThat(tab.page().getByText("Open the assistant")).isFocused();
		}
	}

}

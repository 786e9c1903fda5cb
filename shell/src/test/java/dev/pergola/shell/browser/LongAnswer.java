package dev.pergola.shell.browser;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * An answer of 20,000 characters with all that markdown has, as it comes: piece by piece.
 */
final class LongAnswer {

	private static final int LENGTH = 20_000;

	private static final int PIECE = 40;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String PART = """
			## A part of the answer

			Some words with **weight**, `code` and a [link](/deals/7), long enough to fill a line or two of the panel.

			1. one
			2. two
			   - inner

			| Deal | Amount |
			| --- | ---: |
			| Harbor | 12 |

			```js
			const a = 1;
			```

			""";

	private LongAnswer() {
	}

	static Flux<String> frames() {
		String text = PART.repeat(LENGTH / PART.length() + 1).substring(0, LENGTH);
		List<String> events = new ArrayList<>(
				List.of("{\"type\":\"TEXT_MESSAGE_START\",\"messageId\":\"m\",\"role\":\"assistant\"}"));
		for (int at = 0; at < LENGTH; at += PIECE) {
			String piece = JSON.writeValueAsString(text.substring(at, Math.min(LENGTH, at + PIECE)));
			events.add("{\"type\":\"TEXT_MESSAGE_CONTENT\",\"messageId\":\"m\",\"delta\":" + piece + "}");
		}
		events.add("{\"type\":\"TEXT_MESSAGE_END\",\"messageId\":\"m\"}");
		events.add("{\"type\":\"RUN_FINISHED\"}");
		return Flux.range(0, events.size())
			.map((at) -> "id: %06d\ndata: %s\n\n".formatted(at, events.get(at)))
			.delayElements(Duration.ofMillis(4));
	}

	/**
	 * Asks once and types while the answer comes.
	 * @return what it cost the page
	 */
	static Cost measure(Tab tab) {
		tab.evaluate("""
				() => {
				  window.tasks = [];
				  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
				    .observe({ type: "longtask" });
				}""");
		CDPSession session = tab.page().context().newCDPSession(tab.page());
		JsonObject ticks = new JsonObject();
		// Of the thread: what other programs take of the machine does not count.
		ticks.addProperty("timeDomain", "threadTicks");
		session.send("Performance.enable", ticks);
		Locator field = tab.page().getByRole(AriaRole.TEXTBOX);
		double start = seconds(session);
		field.fill("Tell me everything");
		field.press("Enter");
		tab.page()
			.waitForFunction("length => [...document.querySelectorAll('pergola-chat-message[from=assistant]')]"
					+ ".some((message) => message.text.length >= length)", LENGTH / 2);
		double half = seconds(session);
		field.pressSequentially("meanwhile");
		assertThat(tab.button("Retry")).isVisible();
		double end = seconds(session);
		Number longest = (Number) tab.evaluate("Math.max(0, ...tasks)");
		return new Cost(half - start, end - half, longest.doubleValue());
	}

	/**
	 * How many times longer than alone the same work takes on this machine, at worst:
	 * what other programs take of it.
	 */
	static double slowness(Tab tab) {
		Number slowest = (Number) tab.evaluate("""
				async () => {
				  const work = () => {
				    const before = performance.now();
				    for (let at = 0, sum = 0; at < 2_000_000; at++) sum += Math.sqrt(at);
				    return performance.now() - before;
				  };
				  const rounds = [];
				  for (let round = 0; round < 60; round++) {
				    rounds.push(work());
				    await new Promise((done) => setTimeout(done));
				  }
				  return Math.max(...rounds) / Math.min(...rounds);
				}""");
		return slowest.doubleValue();
	}

	private static double seconds(CDPSession session) {
		for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
			if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
				return metric.getAsJsonObject().get("value").getAsDouble();
			}
		}
		throw new IllegalStateException("the browser does not say how long its tasks took");
	}

	/**
	 * What an answer cost.
	 *
	 * @param firstHalf seconds of the page's thread
	 * @param secondHalf the same, for the rest
	 * @param longestTask milliseconds, 0 when none was over 50
	 */
	record Cost(double firstHalf, double secondHalf, double longestTask) {

	}

}

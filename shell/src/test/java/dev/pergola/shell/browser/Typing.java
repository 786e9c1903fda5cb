package dev.pergola.shell.browser;

import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;

/**
 * How soon the page shows what a person types: what INP is made of. Not by Event Timing,
 * which waits for frames on a screen that a browser without one does not give.
 *
 * @param latencies milliseconds from each key to the end of the frame that shows it,
 * shortest first
 */
record Typing(List<Double> latencies) {

	private static final String TEXT = "and what about the others we spoke of?";

	/** Types a sentence into the field of the chat. */
	static Typing measure(Tab tab) {
		Locator field = tab.page().getByRole(AriaRole.TEXTBOX);
		field.evaluate("""
				(field) => {
				  window.latencies = [];
				  field.onkeydown = ({ timeStamp }) => requestAnimationFrame(() => {
				    const { port1, port2 } = new MessageChannel();
				    port1.onmessage = () => latencies.push(performance.now() - timeStamp);
				    port2.postMessage("after the frame");
				  });
				}""");
		field.pressSequentially(TEXT, new Locator.PressSequentiallyOptions().setDelay(10));
		tab.page().waitForFunction("(length) => latencies.length >= length", TEXT.length());
		@SuppressWarnings("unchecked")
		List<Number> latencies = (List<Number>) tab.evaluate("latencies");
		field.fill("");
		return new Typing(latencies.stream().map(Number::doubleValue).sorted().toList());
	}

	/** The latency that a share of the keys do not exceed. */
	double at(double share) {
		return this.latencies.get((int) Math.ceil(share * this.latencies.size()) - 1);
	}

}

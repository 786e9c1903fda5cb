package dev.pergola.bridge.agui;

import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Questions of a program, all of which one event has to hold. What a program waits with
 * is its own and stays whole; what people are shown of it is cut, and says so.
 */
final class Interrupts {

	/** Size of what is never cut, and number of such. */
	private static final int SHORT = 1024;

	private static final int MANY = 20;

	private Interrupts() {
	}

	/** Those of an event, together no larger than so many bytes, about. */
	static List<ObjectNode> fit(List<ObjectNode> interrupts, int most) {
		int share = most / Math.max(1, interrupts.size());
		return interrupts.stream().map((one) -> EventSize.fits(one, share) ? one : cut(one, share)).toList();
	}

	private static ObjectNode cut(ObjectNode interrupt, int most) {
		ObjectNode cut = interrupt.deepCopy();
		JsonNode metadata = interrupt.path("metadata");
		JsonNode shown = metadata.has("arguments") ? metadata.path("arguments") : metadata;
		String whole = shown.isString() ? shown.stringValue() : shown.toString();
		ObjectNode less = cut.putObject("metadata");
		metadata.properties()
			.stream()
			.filter((entry) -> EventSize.fits(entry.getValue(), SHORT))
			.limit(MANY)
			.forEach((entry) -> less.set(entry.getKey(), entry.getValue()));
		less.put("arguments", EventSize.cut(whole, most / 2)).put("cutFrom", whole.length());
		if (interrupt.path("message").isString()) {
			cut.put("message", EventSize.cut(interrupt.path("message").stringValue(), most / 8));
		}
		if (!EventSize.fits(interrupt.path("responseSchema"), most / 4)) {
			cut.remove("responseSchema");
		}
		return cut;
	}

}

package dev.pergola.shell.admin;

import java.util.List;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/** A value of a difference between revisions as people read it. */
final class DifferenceText {

	private static final List<String> KINDS = List.of("person", "tenant", "role", "group");

	private DifferenceText() {
	}

	/**
	 * Such as {@code 1.1.0 5 %, 1.0.0 95 %}, {@code 1.1.0 for group beta},
	 * {@code nothing}.
	 */
	static String of(JsonNode node) {
		if (node.isNull() || node.isMissingNode()) {
			return "nothing";
		}
		if (node.isString()) {
			return node.asString();
		}
		if (node.isArray()) {
			return node.isEmpty() ? "none"
					: node.valueStream().map(DifferenceText::of).collect(Collectors.joining(", "));
		}
		return node.isObject() ? ofObject(node) : node.toString();
	}

	private static String ofObject(JsonNode node) {
		if (node.has("share") && node.has("version")) {
			return "%s %s %%".formatted(node.path("version").asString(""), node.path("share").asString(""));
		}
		for (String kind : KINDS) {
			if (node.has(kind)) {
				String given = node.path("channel").isString() ? "channel " + node.path("channel").asString("")
						: node.path("version").asString("");
				return "%s for %s %s".formatted(given, kind, node.path(kind).asString(""));
			}
		}
		return node.isEmpty() ? "none"
				: node.propertyStream()
					.filter((part) -> !part.getValue().isNull())
					.map((part) -> part.getKey() + " " + of(part.getValue()))
					.collect(Collectors.joining("; "));
	}

}

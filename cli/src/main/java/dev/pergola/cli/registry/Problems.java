package dev.pergola.cli.registry;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/** Problems of the registry (RFC 9457) as a person reads them. */
final class Problems {

	private Problems() {
	}

	static CommandException exception(int status, JsonNode problem) {
		List<String> lines = new ArrayList<>();
		for (JsonNode finding : problem.path("findings")) {
			lines.add(finding(finding));
		}
		String traceId = text(problem, "traceId");
		if (!traceId.isEmpty() && status >= 500) {
			lines.add("trace id " + traceId);
		}
		return new CommandException(Exit.of(status), message(status, problem), lines,
				problem.isEmpty() ? null : problem);
	}

	private static String message(int status, JsonNode problem) {
		String detail = text(problem, "detail");
		if (status == 401) {
			return "the registry does not know this token; see pergola login";
		}
		return detail.isEmpty() ? "the registry answered %d".formatted(status) : detail;
	}

	private static String finding(JsonNode finding) {
		int line = finding.path("line").asInt(0);
		String place = (line > 0) ? "manifest.json:%d:%d: ".formatted(line, finding.path("column").asInt(1)) : "";
		// The sentence names the place itself; the pointer is for programs.
		return place + text(finding, "message");
	}

	private static String text(JsonNode node, String name) {
		return node.path(name).asString("");
	}

}

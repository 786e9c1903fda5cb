package dev.pergola.cli.registry;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Problems of the registry (RFC 9457) as a person reads them. */
final class Problems {

	private Problems() {
	}

	/**
	 * The exception for an answer that is not good.
	 * @param token what was sent, {@code null} for nothing; a team token never does what
	 * is for people
	 */
	static CommandException exception(int status, JsonNode problem, @Nullable String token) {
		List<String> lines = new ArrayList<>();
		for (JsonNode finding : problem.path("findings")) {
			lines.add(finding(finding));
		}
		String traceId = text(problem, "traceId");
		if (!traceId.isEmpty() && status >= 500) {
			lines.add("trace id " + traceId);
		}
		if (token != null && token.startsWith("pgt_") && text(problem, "type").equals("/problems/forbidden")) {
			lines.add("a team token changes the modules of its team only; people do the rest in the portal, or with an"
					+ " access token of their own");
		}
		return new CommandException(Exit.of(status), message(status, problem, token), lines,
				problem.isEmpty() ? null : problem);
	}

	private static String message(int status, JsonNode problem, @Nullable String token) {
		String detail = text(problem, "detail");
		if (status == 401) {
			return (token != null) ? "the registry does not know this token; see pergola login"
					: "this needs a token; see pergola login";
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

package dev.pergola.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.pergola.cli.registry.Answer;
import dev.pergola.cli.registry.RegistryApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pergola health <module>}. */
@Command(name = "health",
		description = "Show how each version of a module fares in browsers since yesterday: error rate, the 75th"
				+ " percentile of vitals, the last errors, and what its guard says.")
final class HealthCommand extends PergolaCommand {

	private static final int ERRORS = 5;

	@Parameters(paramLabel = "<module>", description = "Name of the module.")
	private String module = "";

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			JsonNode health = registry.get("modules", this.module, "health").body();
			Optional<JsonNode> guard = registry.find("modules", this.module, "guard").map(Answer::body);
			pergola().print(health, table(health) + errors(health) + guard.map(HealthCommand::guard).orElse(""));
		}
		return 0;
	}

	/** {@code 2.5 % of 200 loads}, or that nobody loaded it. */
	static String rate(JsonNode version) {
		return version.path("errorRate").isNumber()
				? "%s %% of %s loads".formatted(version.path("errorRate").asString("").replaceAll("\\.0$", ""),
						version.path("loads").asString("0"))
				: "no loads";
	}

	private static String table(JsonNode health) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("VERSION", "ERROR RATE", "MOUNT", "LCP", "INP", "CLS"));
		for (JsonNode version : health.path("versions")) {
			rows.add(List.of(version.path("version").asString(""), rate(version), millis(version, "mountP75Millis"),
					millis(version, "lcpP75Millis"), millis(version, "inpP75Millis"),
					version.path("clsP75").isNumber() ? version.path("clsP75").asString("") : "-"));
		}
		return (rows.size() > 1) ? Table.of(rows) : "nobody loaded it since yesterday";
	}

	private static String errors(JsonNode health) {
		StringBuilder text = new StringBuilder();
		for (JsonNode version : health.path("versions")) {
			int shown = 0;
			for (JsonNode error : version.path("lastErrors")) {
				if (shown++ < ERRORS) {
					text.append("%n%s %s times %s, last %s: %s".formatted(version.path("version").asString(""),
							error.path("seen").asString(""), error.path("reason").asString(""),
							error.path("lastAt").asString(""), error.path("message").asString("")));
				}
			}
		}
		return text.toString();
	}

	private static String guard(JsonNode guard) {
		String state = guard.path("state").asString("off");
		String verdict = guard.path("verdict").asString("");
		return "%nguard: %s%s".formatted(state, verdict.isEmpty() ? "" : ", " + verdict);
	}

	private static String millis(JsonNode version, String name) {
		return version.path(name).isNumber() ? version.path(name).asString("") + " ms" : "-";
	}

}

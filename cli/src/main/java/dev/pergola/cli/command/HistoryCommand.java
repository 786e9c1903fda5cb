package dev.pergola.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code pergola history}. */
@Command(name = "history", description = "Show what each revision did, newest first.")
final class HistoryCommand extends PergolaCommand {

	@Option(names = "--module", paramLabel = "<module>", description = "Only those that touched this module.")
	private @Nullable String module;

	@Option(names = "--at", paramLabel = "<moment>",
			description = "Only those written by then, such as 2026-11-22T14:05:00Z; the first is what was live.")
	private @Nullable String at;

	@Option(names = "--limit", paramLabel = "<number>", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
	private int limit = 20;

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			JsonNode page = registry
				.query(Map.of("limit", List.of(Integer.toString(this.limit)), "module", list(this.module), "at",
						list(this.at)), "revisions")
				.body();
			pergola().print(page, table(page));
		}
		return 0;
	}

	private static String table(JsonNode page) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("REVISION", "AT", "WHO", "WHAT", "OF", "WHY"));
		for (JsonNode revision : page.path("revisions")) {
			rows.add(List.of(revision.path("revision").asString(), revision.path("at").asString(),
					Table.actor(revision.path("actor").asString()), revision.path("action").asString(),
					revision.path("subject").asString(), revision.path("reason").asString("")));
		}
		return (rows.size() > 1) ? Table.of(rows) : "no revision";
	}

	private static List<String> list(@Nullable String value) {
		return (value != null) ? List.of(value) : List.of();
	}

}

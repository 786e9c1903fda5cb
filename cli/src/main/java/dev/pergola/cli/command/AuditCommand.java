package dev.pergola.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code pergola audit}. */
@Command(name = "audit", description = "Show who changed what, newest first.")
final class AuditCommand extends PergolaCommand {

	@Option(names = "--module", paramLabel = "<module>", description = "Only entries of this module.")
	private @Nullable String module;

	@Option(names = "--team", paramLabel = "<team>", description = "Only entries about this team and its modules.")
	private @Nullable String team;

	@Option(names = "--actor", paramLabel = "<name>", description = "Only entries of this caller.")
	private @Nullable String actor;

	@Option(names = "--action", paramLabel = "<start>", description = "Only actions that start so, such as version.")
	private @Nullable String action;

	@Option(names = "--text", paramLabel = "<text>", description = "Only entries whose subject holds this.")
	private @Nullable String text;

	@Option(names = "--from", paramLabel = "<time>",
			description = "Not before: 2026-11-22 (UTC) or 2026-11-22T18:00:00+01:00.")
	private @Nullable String from;

	@Option(names = "--to", paramLabel = "<time>", description = "Before this time.")
	private @Nullable String to;

	@Option(names = "--limit", paramLabel = "<entries>",
			description = "Most entries. Default: 50 in a table, all in a file.")
	private @Nullable Integer limit;

	@Option(names = "--format", paramLabel = "<format>", defaultValue = "table",
			description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
	private Format format = Format.TABLE;

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			Map<String, List<String>> parameters = parameters();
			if (this.format == Format.TABLE) {
				JsonNode page = registry.query(parameters, "audit").body();
				pergola().print(page, table(page.path("entries")));
			}
			else {
				parameters.put("format", List.of(this.format.name().toLowerCase(Locale.ROOT)));
				registry.copy(parameters, pergola().out(), "audit");
			}
		}
		return 0;
	}

	private Map<String, List<String>> parameters() {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		add(parameters, "module", this.module);
		add(parameters, "team", this.team);
		add(parameters, "actor", this.actor);
		add(parameters, "action", this.action);
		add(parameters, "text", this.text);
		add(parameters, "from", instant(this.from));
		add(parameters, "to", instant(this.to));
		add(parameters, "limit", (this.limit != null) ? this.limit.toString() : null);
		return parameters;
	}

	private static void add(Map<String, List<String>> parameters, String name, @Nullable String value) {
		if (value != null) {
			parameters.put(name, List.of(value));
		}
	}

	private static @Nullable String instant(@Nullable String text) {
		return (text != null && text.matches("\\d{4}-\\d{2}-\\d{2}")) ? text + "T00:00:00Z" : text;
	}

	private static String table(JsonNode entries) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("REVISION", "AT", "WHO", "ACTION", "SUBJECT", "WHY"));
		entries.forEach((entry) -> rows.add(Json.row(entry, "revision", "at", "actor", "action", "subject", "reason")));
		return (rows.size() > 1) ? Table.of(rows) : "no entries";
	}

	/** How entries are written. */
	enum Format {

		TABLE, CSV, NDJSON

	}

}

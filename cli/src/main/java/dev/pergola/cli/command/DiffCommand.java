package dev.pergola.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pergola diff <from> [<to>]}. */
@Command(name = "diff", description = "Show what is different between two revisions.")
final class DiffCommand extends PergolaCommand {

	private static final List<String> SERVED = List.of("modules", "pages", "navigation", "slots", "agents");

	@Parameters(index = "0", paramLabel = "<from>", description = "Number of a revision.")
	private long from;

	@Parameters(index = "1", arity = "0..1", paramLabel = "<to>", description = "Default: the current revision.")
	private @Nullable Long to;

	@Option(names = "--role", paramLabel = "<role>",
			description = "Also what somebody with this role sees that is different. May be repeated.")
	private List<String> roles = List.of();

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			List<String> until = (this.to != null) ? List.of(this.to.toString()) : List.of();
			JsonNode diff = registry
				.query(Map.of("from", List.of(Long.toString(this.from)), "to", until, "role", this.roles), "revisions",
						"diff")
				.body();
			pergola().print(diff, text(diff));
		}
		return 0;
	}

	private static String text(JsonNode diff) {
		List<List<String>> rows = new ArrayList<>();
		for (JsonNode module : diff.path("modules")) {
			for (JsonNode field : module.path("fields")) {
				rows.add(List.of("module", module.path("module").asString(), field.path("name").asString(),
						change(field)));
			}
		}
		if (diff.path("navigation").isObject()) {
			rows.add(List.of("navigation", "", "overlay", "changes"));
		}
		for (String kind : SERVED) {
			for (JsonNode part : diff.path("served").path(kind)) {
				rows.add(List.of("sees " + kind, part.path("module").asString(), part.path("id").asString(),
						part.path("change").asString()));
			}
		}
		return rows.isEmpty() ? "nothing is different" : Table.of(rows);
	}

	private static String change(JsonNode field) {
		return value(field.path("from")) + " -> " + value(field.path("to"));
	}

	private static String value(JsonNode node) {
		if (node.isArray()) {
			return node.isEmpty() ? "none"
					: node.valueStream().map(DiffCommand::part).collect(Collectors.joining(", "));
		}
		if (node.isObject()) {
			return node.isEmpty() ? "none"
					: node.propertyStream()
						.map((part) -> part.getKey() + " " + value(part.getValue()))
						.collect(Collectors.joining("; "));
		}
		return node.isNull() ? "nothing" : node.isString() ? node.asString() : node.toString();
	}

	/** A share or a rule as other commands write it. */
	private static String part(JsonNode part) {
		if (part.has("share")) {
			return "%s %s %%".formatted(part.path("version").asString(""), part.path("share").asString("0"));
		}
		if (!part.has("version") && !part.has("channel")) {
			return part.isString() ? part.asString() : part.toString();
		}
		return "%s for %s".formatted(part.has("channel") ? "channel " + part.path("channel").asString("")
				: part.path("version").asString(""), Channels.whom(part));
	}

}

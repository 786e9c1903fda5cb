package dev.pergola.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
						value(field.path("from")) + " -> " + value(field.path("to"))));
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

	private static String value(JsonNode node) {
		return node.isNull() ? "nothing" : node.isString() ? node.asString() : node.toString();
	}

}

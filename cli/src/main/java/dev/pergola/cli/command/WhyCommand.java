package dev.pergola.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pergola why <module> --subject <id>}. */
@Command(name = "why", description = "Say which version somebody gets, and the rule that decided.")
final class WhyCommand extends PergolaCommand {

	@Parameters(paramLabel = "<module>", description = "Name of the module.")
	private String module = "";

	@Option(names = "--subject", required = true, paramLabel = "<id>", description = "Id of a person; repeatable.")
	private List<String> subjects = new ArrayList<>();

	@Option(names = "--tenant", paramLabel = "<name>", description = "Tenant they are in.")
	private @Nullable String tenant;

	@Option(names = "--role", paramLabel = "<name>", description = "Role they have; repeatable.")
	private List<String> roles = new ArrayList<>();

	@Option(names = "--group", paramLabel = "<name>",
			description = "Group they are in: a permission or team; repeatable. Roles count as groups.")
	private List<String> groups = new ArrayList<>();

	@Override
	public Integer call() throws IOException {
		Map<String, List<String>> query = new LinkedHashMap<>();
		query.put("subject", this.subjects);
		query.put("tenant", (this.tenant != null) ? List.of(this.tenant) : List.of());
		query.put("role", this.roles);
		query.put("group", this.groups);
		try (RegistryApi registry = pergola().registry()) {
			JsonNode answers = registry.query(query, "modules", this.module, "resolution").body();
			pergola().print(answers, list(answers));
		}
		return 0;
	}

	private static String list(JsonNode answers) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("SUBJECT", "VERSION", "WHY"));
		for (JsonNode answer : answers) {
			JsonNode version = answer.path("version");
			rows.add(List.of(answer.path("subject").asString(""), version.isString() ? version.asString() : "none",
					answer.path("reason").asString("")));
		}
		return Table.of(rows);
	}

}

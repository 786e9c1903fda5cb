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
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code pergola teams publishers}. */
@Command(name = "publishers", description = "CI jobs that publish for a team with their identity token.",
		synopsisSubcommandLabel = "(list|add|remove)")
final class TeamPublishersCommand {

	@ParentCommand
	private @Nullable TeamsCommand teams;

	@Command(name = "list", description = "Show those of a team.")
	int list(@Parameters(paramLabel = "<team>") String team) throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			JsonNode publishers = registry.get("teams", team, "publishers").body();
			List<List<String>> rows = new ArrayList<>();
			rows.add(List.of("ID", "NAME", "ISSUER", "SUBJECT"));
			publishers.forEach((publisher) -> rows.add(Json.row(publisher, "id", "name", "issuer", "subject")));
			pergola().print(publishers, (rows.size() > 1) ? Table.of(rows) : "no publishers yet");
		}
		return 0;
	}

	@Command(name = "add", description = "Let a CI job publish for a team.")
	int add(@Parameters(paramLabel = "<team>") String team,
			@Option(names = "--name", paramLabel = "<text>", defaultValue = "ci",
					description = "What for. Default: ${DEFAULT-VALUE}.") String name,
			@Option(names = "--issuer", paramLabel = "<url>", required = true,
					description = "One that the operators allow.") String issuer,
			@Option(names = "--subject", paramLabel = "<pattern>", required = true,
					description = "The whole subject; * stands for any characters.") String subject,
			@Option(names = "--audience", paramLabel = "<audience>",
					description = "In place of the issuer's usual one.") @Nullable String audience,
			@Option(names = "--claim", paramLabel = "<name=value>",
					description = "A claim that must have exactly this value; repeatable.") @Nullable Map<String, String> claims)
			throws IOException {
		ObjectNode body = Json.object().put("name", name).put("issuer", issuer).put("subject", subject);
		if (audience != null) {
			body.put("audience", audience);
		}
		if (claims != null) {
			ObjectNode exact = body.putObject("claims");
			claims.forEach(exact::put);
		}
		try (RegistryApi registry = pergola().registry()) {
			JsonNode added = registry.post(body, "teams", team, "publishers").body();
			pergola().print(added, "%s may publish for team %s (%s)".formatted(subject, team, Json.text(added, "id")));
		}
		return 0;
	}

	@Command(name = "remove", description = "Let a CI job publish no more.")
	int remove(@Parameters(paramLabel = "<team>") String team, @Parameters(paramLabel = "<id>") String id)
			throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			registry.delete("teams", team, "publishers", id);
			pergola().print(Json.object().put("team", team).put("removed", id), "%s is removed".formatted(id));
		}
		return 0;
	}

	private Pergola pergola() {
		if (this.teams == null) {
			throw new IllegalStateException("not parsed yet");
		}
		return this.teams.pergola();
	}

}

package dev.pergola.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.pergola.cli.registry.Answer;
import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code pergola teams}. */
@Command(name = "teams", description = "Show all teams; show or write one.",
		subcommands = { TeamMembersCommand.class, TeamPublishersCommand.class })
final class TeamsCommand extends PergolaCommand {

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			JsonNode teams = registry.get("teams").body();
			List<List<String>> rows = new ArrayList<>();
			rows.add(List.of("TEAM", "CONTACT", "MEMBERS", "MODULES", "HOSTS"));
			for (JsonNode team : teams) {
				rows.add(
						List.of(Json.text(team, "team"), Json.text(team, "contact"), team.path("members").asString("0"),
								Json.list(team.path("modules")), Json.list(team.path("hosts"))));
			}
			pergola().print(teams, Table.of(rows));
		}
		return 0;
	}

	@Command(name = "show", description = "Show a team.")
	int show(@Parameters(paramLabel = "<team>") String team) throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			JsonNode found = registry.get("teams", team).body();
			pergola().print(found, details(found));
		}
		return 0;
	}

	@Command(name = "create", description = "Make a team. One that is there already is not touched.")
	int create(@Parameters(paramLabel = "<team>") String team,
			@Option(names = "--contact", paramLabel = "<text>") @Nullable String contact,
			@Option(names = "--host", paramLabel = "<host>",
					description = "Host its services may be at; repeatable.") @Nullable List<String> hosts)
			throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			write(registry, team, "\"0\"", contact, (hosts != null) ? hosts : List.of());
		}
		return 0;
	}

	@Command(name = "set", description = "Change contact or hosts of a team; what is not given stays.")
	int set(@Parameters(paramLabel = "<team>") String team,
			@Option(names = "--contact", paramLabel = "<text>") @Nullable String contact,
			@Option(names = "--host", paramLabel = "<host>",
					description = "Host its services may be at, in place of those before; repeatable.") @Nullable List<String> hosts)
			throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			Answer now = registry.get("teams", team);
			String known = Json.text(now.body(), "contact");
			write(registry, team, now.tag(), (contact != null) ? contact : known.isEmpty() ? null : known,
					(hosts != null) ? hosts
							: now.body().path("hosts").valueStream().map((host) -> host.asString("")).toList());
		}
		return 0;
	}

	@Command(name = "hand-over", description = "Give a module to another team.")
	int handOver(@Parameters(paramLabel = "<module>") String module,
			@Option(names = "--to", paramLabel = "<team>", required = true) String team) throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			JsonNode after = registry.put(Json.object().put("team", team), Map.of(), "modules", module, "team").body();
			pergola().print(after, "%s belongs to team %s".formatted(module, team));
		}
		return 0;
	}

	private void write(RegistryApi registry, String team, String tag, @Nullable String contact, List<String> hosts) {
		ObjectNode body = Json.object();
		if (contact != null && !contact.isBlank()) {
			body.put("contact", contact);
		}
		ArrayNode list = body.putArray("hosts");
		hosts.forEach(list::add);
		JsonNode after = registry.put(body, Map.of("If-Match", tag), "teams", team).body();
		pergola().print(after, details(after));
	}

	private static String details(JsonNode team) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("team", Json.text(team, "team")));
		rows.add(List.of("contact", Json.text(team, "contact")));
		rows.add(List.of("modules", Json.list(team.path("modules"))));
		rows.add(List.of("hosts", Json.list(team.path("hosts"))));
		rows.add(List.of("hosts by settings", Json.list(team.path("settingsHosts"))));
		team.path("members").forEach((member) -> rows.add(List.of("member", Json.text(member, "subject"))));
		team.path("publishers")
			.forEach((publisher) -> rows.add(List.of("publisher", "%s  %s  %s".formatted(Json.text(publisher, "id"),
					Json.text(publisher, "name"), Json.text(publisher, "subject")))));
		for (String kind : List.of("paths", "elements", "navigation", "modules")) {
			String reserved = Json.list(team.path("names").path(kind));
			if (!reserved.isEmpty()) {
				rows.add(List.of("reserved " + kind, reserved));
			}
		}
		return Table.of(rows);
	}

}

package dev.pergola.cli.command;

import java.io.IOException;
import java.util.Map;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code pergola teams members}. */
@Command(name = "members", description = "Put people in a team, or take them out.",
		synopsisSubcommandLabel = "(add|remove)")
final class TeamMembersCommand {

	@ParentCommand
	private @Nullable TeamsCommand teams;

	@Command(name = "add", description = "Put a person in a team.")
	int add(@Parameters(paramLabel = "<team>") String team, @Parameters(paramLabel = "<subject>",
			description = "As the identity provider names the person.") String subject) throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			registry.put(Json.object(), Map.of(), "teams", team, "members", subject);
			pergola().print(Json.object().put("team", team).put("member", subject),
					"%s is in team %s".formatted(subject, team));
		}
		return 0;
	}

	@Command(name = "remove", description = "Take a person out of a team.")
	int remove(@Parameters(paramLabel = "<team>") String team, @Parameters(paramLabel = "<subject>") String subject)
			throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			registry.delete("teams", team, "members", subject);
			pergola().print(Json.object().put("team", team).put("removed", subject),
					"%s is no member of team %s".formatted(subject, team));
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

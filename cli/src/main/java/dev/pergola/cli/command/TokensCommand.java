package dev.pergola.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code pergola tokens --team <team>}. */
@Command(name = "tokens", description = "Team tokens: show, create, revoke. Needs an access token of a person.")
final class TokensCommand extends PergolaCommand {

	@Option(names = "--team", paramLabel = "<team>", required = true, scope = ScopeType.INHERIT,
			description = "Name of the team.")
	private String team = "";

	@Override
	public Integer call() throws IOException {
		return list();
	}

	@Command(name = "list", description = "Show those of the team, without their secrets.")
	int list() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			JsonNode tokens = registry.get("teams", this.team, "tokens").body();
			List<List<String>> rows = new ArrayList<>();
			rows.add(List.of("ID", "NAME", "CREATED BY", "ENDS", "REVOKED"));
			tokens.forEach((token) -> rows.add(Json.row(token, "id", "name", "createdBy", "expiresAt", "revokedAt")));
			pergola().print(tokens, (rows.size() > 1) ? Table.of(rows) : "no tokens yet");
		}
		return 0;
	}

	@Command(name = "create", description = "Create one. It goes to standard output, this once.")
	int create(
			@Option(names = "--name", paramLabel = "<text>", defaultValue = "token",
					description = "What for. Default: ${DEFAULT-VALUE}.") String name,
			@Option(names = "--days", paramLabel = "<days>", description = "Days it is valid.") @Nullable Integer days)
			throws IOException {
		ObjectNode body = Json.object().put("name", name);
		if (days != null) {
			body.put("expiresIn", Duration.ofDays(days).toString());
		}
		try (RegistryApi registry = pergola().registry()) {
			JsonNode issued = registry.post(body, "teams", this.team, "tokens").body();
			pergola().err()
				.println("token %s ends %s; it is not shown again".formatted(Json.text(issued, "id"),
						Json.text(issued, "expiresAt")));
			pergola().print(issued, Json.text(issued, "token"));
		}
		return 0;
	}

	@Command(name = "revoke", description = "Revoke one.")
	int revoke(@Parameters(paramLabel = "<id>") String id) throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			registry.delete("teams", this.team, "tokens", id);
			pergola().print(Json.object().put("team", this.team).put("revoked", id),
					"token %s is revoked".formatted(id));
		}
		return 0;
	}

}

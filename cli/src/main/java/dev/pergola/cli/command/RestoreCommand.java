package dev.pergola.cli.command;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pergola restore <revision>}. */
@Command(name = "restore",
		description = "Bring back what was, as a new revision; look at it with diff before. A team restores who gets what"
				+ " of one --module of its own, administrators everything.")
final class RestoreCommand extends PergolaCommand {

	@Parameters(paramLabel = "<revision>", description = "Number of a revision.")
	private long revision;

	@Option(names = "--module", paramLabel = "<module>",
			description = "This module only. Default: all modules and the navigation.")
	private @Nullable String module;

	@Override
	public Integer call() throws IOException {
		pergola().requireReason();
		try (RegistryApi registry = pergola().registry()) {
			String current = registry.query(Map.of("limit", List.of("1")), "revisions").tag();
			String query = (this.module != null) ? "?module=" + URLEncoder.encode(this.module, StandardCharsets.UTF_8)
					: "";
			JsonNode done = registry
				.post(query, Map.of("If-Match", current), "revisions", Long.toString(this.revision), "restore")
				.body();
			pergola().print(done, text(done));
		}
		return 0;
	}

	private static String text(JsonNode done) {
		int modules = done.path("modules").size();
		boolean navigation = done.path("navigation").asBoolean();
		if (modules == 0 && !navigation) {
			return "nothing is different from revision %s".formatted(done.path("restored").asString());
		}
		return "revision %s is as revision %s was: %s%s".formatted(done.path("revision").asString(),
				done.path("restored").asString(), (modules == 1) ? "1 module" : modules + " modules",
				navigation ? " and the navigation" : "");
	}

}

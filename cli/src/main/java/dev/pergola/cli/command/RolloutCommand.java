package dev.pergola.cli.command;

import java.io.IOException;
import java.math.BigDecimal;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code pergola rollout <module> <version>}. */
@Command(name = "rollout", description = "Give a version to everyone, or to a share of people.")
final class RolloutCommand extends PergolaCommand {

	@Parameters(index = "0", paramLabel = "<module>", description = "Name of the module.")
	private String module = "";

	@Parameters(index = "1", paramLabel = "<version>", description = "A published version.")
	private String version = "";

	@Option(names = "--share", paramLabel = "<percent>", defaultValue = "100",
			description = "Share of people, with up to two decimals; the others make room, the largest first."
					+ " Default: ${DEFAULT-VALUE}.")
	private BigDecimal share = Channels.ALL;

	@Option(names = "--channel", paramLabel = "<channel>", defaultValue = "stable",
			description = "Default: ${DEFAULT-VALUE}.")
	private String channel = "stable";

	@Option(names = "--starts-at", paramLabel = "<time>",
			description = "When, with offset, such as 2026-12-01T08:00:00+01:00. Default: at once.")
	private @Nullable String startsAt;

	@Option(names = "--ends-at", paramLabel = "<time>",
			description = "When everything is to be as before, with offset. Default: never.")
	private @Nullable String endsAt;

	@Override
	public Integer call() throws IOException {
		Channels.checkShare(this.share);
		try (RegistryApi registry = pergola().registry()) {
			JsonNode after = new Channels(registry).edit(this.module, this.channel, this::wanted);
			pergola().print(after, "%s %s: %s".formatted(this.module, this.channel, Channels.outcome(after)));
		}
		return 0;
	}

	private ObjectNode wanted(JsonNode now) {
		JsonNode state = now.path("channels").path(this.channel);
		ObjectNode body = Channels.body(Channels.with(Channels.shares(state), this.version, this.share),
				state.path("overrides"));
		if (this.startsAt != null) {
			body.put("startsAt", this.startsAt);
		}
		if (this.endsAt != null) {
			body.put("endsAt", this.endsAt);
		}
		return body;
	}

}

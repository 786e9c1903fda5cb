package dev.pergola.cli.command;

import java.io.IOException;
import java.math.BigDecimal;

import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import dev.pergola.cli.registry.RegistryApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

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

	@Override
	public Integer call() throws IOException {
		boolean isShare = this.share.signum() >= 0 && this.share.compareTo(Channels.ALL) <= 0
				&& this.share.stripTrailingZeros().scale() <= 2;
		if (!isShare) {
			throw new CommandException(Exit.USAGE,
					"--share %s (expected: 0 to 100 with at most two decimals)".formatted(this.share));
		}
		try (RegistryApi registry = pergola().registry()) {
			JsonNode after = new Channels(registry).change(this.module, this.channel,
					(now) -> Channels.with(now, this.version, this.share));
			pergola().print(after, "%s %s: %s".formatted(this.module, this.channel, Channels.text(after)));
		}
		return 0;
	}

}

package dev.pergola.cli.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;

import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code pergola promote <module> [<version>]}. */
@Command(name = "promote", description = "Give more people what a channel was tried with: the version goes from one"
		+ " channel to another, or its share there grows.")
final class PromoteCommand extends PergolaCommand {

	@Parameters(index = "0", paramLabel = "<module>", description = "Name of the module.")
	private String module = "";

	@Parameters(index = "1", arity = "0..1", paramLabel = "<version>",
			description = "Default: the one that most people of the channel --from get.")
	private @Nullable String version;

	@Option(names = "--from", paramLabel = "<channel>", defaultValue = "canary",
			description = "Channel that has the version. Default: ${DEFAULT-VALUE}.")
	private String from = "canary";

	@Option(names = "--to", paramLabel = "<channel>", defaultValue = "stable",
			description = "Channel that is to have it. Default: ${DEFAULT-VALUE}.")
	private String to = "stable";

	@Option(names = "--share", paramLabel = "<percent>", defaultValue = "100",
			description = "Share of people, with up to two decimals. Default: ${DEFAULT-VALUE}.")
	private BigDecimal share = Channels.ALL;

	@Override
	public Integer call() throws IOException {
		Channels.checkShare(this.share);
		if (this.from.equals(this.to)) {
			throw new CommandException(Exit.USAGE, "--from and --to are both %s".formatted(this.from));
		}
		try (RegistryApi registry = pergola().registry()) {
			JsonNode after = new Channels(registry).edit(this.module, this.to, this::wanted);
			pergola().print(after, "%s %s: %s".formatted(this.module, this.to, Channels.outcome(after)));
		}
		return 0;
	}

	private ObjectNode wanted(JsonNode now) {
		Map<String, BigDecimal> source = Channels.shares(now.path("channels").path(this.from));
		JsonNode state = now.path("channels").path(this.to);
		Map<String, BigDecimal> target = Channels.shares(state);
		String promoted = promoted(source, target);
		BigDecimal before = target.getOrDefault(promoted, BigDecimal.ZERO);
		if (before.compareTo(this.share) > 0) {
			throw new CommandException(Exit.REFUSED, "%s already has %s %% of %s; pergola rollout gives it less"
				.formatted(promoted, before.toPlainString(), this.to));
		}
		return Channels.body(Channels.with(target, promoted, this.share), state.path("overrides"));
	}

	/** What is in the target already has been promoted before, and may grow. */
	private String promoted(Map<String, BigDecimal> source, Map<String, BigDecimal> target) {
		String wanted = this.version;
		if (wanted == null) {
			return source.entrySet()
				.stream()
				.max(Comparator.comparing(Map.Entry::getValue))
				.map(Map.Entry::getKey)
				.orElseThrow(() -> new CommandException(Exit.MISSING,
						"channel %s of %s points at nothing".formatted(this.from, this.module)));
		}
		if (!source.containsKey(wanted) && !target.containsKey(wanted)) {
			throw new CommandException(Exit.MISSING,
					"neither channel %s nor %s of %s has %s".formatted(this.from, this.to, this.module, wanted));
		}
		return wanted;
	}

}

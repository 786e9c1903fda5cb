package dev.pergola.cli.command;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import dev.pergola.cli.registry.RegistryApi;
import dev.pergola.manifests.Version;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pergola rollback <module>}. */
@Command(name = "rollback",
		description = "Give everyone the version before: the lowest of those rolled out, or when there is one only,"
				+ " the highest published below it. Rules for persons, tenants, roles and groups stay.")
final class RollbackCommand extends PergolaCommand {

	@Parameters(paramLabel = "<module>", description = "Name of the module.")
	private String module = "";

	@Option(names = "--to", paramLabel = "<version>", description = "This version instead.")
	private @Nullable String to;

	@Option(names = "--channel", paramLabel = "<channel>", defaultValue = "stable",
			description = "Default: ${DEFAULT-VALUE}.")
	private String channel = "stable";

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			List<Version> published = Versions.of(registry.get("modules", this.module));
			JsonNode after = new Channels(registry).change(this.module, this.channel,
					(now) -> Map.of(target(now, published), BigDecimal.valueOf(100)));
			String rules = after.path("overrides").isEmpty() ? "" : System.lineSeparator()
					+ "rules stay; to take one away: pergola override %s … --remove".formatted(this.module);
			pergola().print(after, "%s %s: %s%s".formatted(this.module, this.channel, Channels.text(after), rules));
		}
		return 0;
	}

	private String target(Map<String, BigDecimal> now, List<Version> published) {
		if (this.to != null) {
			return this.to;
		}
		List<Version> current = now.keySet().stream().map(Version::parse).sorted().toList();
		if (current.size() > 1) {
			return current.getFirst().toString();
		}
		return published.stream()
			.filter((version) -> !current.isEmpty() && version.compareTo(current.getFirst()) < 0)
			.max(Comparator.naturalOrder())
			.orElseThrow(() -> new CommandException(Exit.MISSING,
					"module %s has no version before the one in %s".formatted(this.module, this.channel)))
			.toString();
	}

}

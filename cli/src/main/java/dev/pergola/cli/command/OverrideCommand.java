package dev.pergola.cli.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code pergola override <module>}. */
@Command(name = "override", description = "Give one person, tenant, role or group a version or a channel of their own,"
		+ " whatever the shares say. The nearer wins: person, tenant, role, group.")
final class OverrideCommand extends PergolaCommand {

	@Parameters(paramLabel = "<module>", description = "Name of the module.")
	private String module = "";

	@ArgGroup(exclusive = true, multiplicity = "1")
	private Whom whom = new Whom();

	@ArgGroup(exclusive = true, multiplicity = "1")
	private What what = new What();

	@Option(names = "--channel-name", paramLabel = "<channel>", defaultValue = "stable",
			description = "Channel that has the rule. Default: ${DEFAULT-VALUE}.")
	private String channelName = "stable";

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			JsonNode after = new Channels(registry).edit(this.module, this.channelName, this::wanted);
			pergola().print(after, "%s %s: %s".formatted(this.module, this.channelName, Channels.text(after)));
		}
		return 0;
	}

	private ObjectNode wanted(JsonNode now) {
		JsonNode state = now.path("channels").path(this.channelName);
		Map.Entry<String, String> rule = this.whom.named().entrySet().iterator().next();
		ObjectNode body = Channels.body(Channels.shares(state), state.path("overrides"));
		ArrayNode overrides = body.putArray("overrides");
		boolean isKnown = false;
		for (JsonNode override : state.path("overrides")) {
			if (!override.path(rule.getKey()).asString("").equals(rule.getValue())) {
				overrides.add(override);
			}
			else {
				isKnown = true;
				// In its place: of two of one kind the first counts.
				add(overrides, rule);
			}
		}
		if (!isKnown && this.what.remove) {
			throw new CommandException(Exit.MISSING,
					"%s has no rule for %s %s".formatted(this.module, rule.getKey(), rule.getValue()));
		}
		if (!isKnown) {
			add(overrides, rule);
		}
		return body;
	}

	private void add(ArrayNode overrides, Map.Entry<String, String> rule) {
		if (!this.what.remove) {
			ObjectNode override = overrides.addObject().put(rule.getKey(), rule.getValue());
			if (this.what.version != null) {
				override.put("version", this.what.version);
			}
			if (this.what.channel != null) {
				override.put("channel", this.what.channel);
			}
		}
	}

	/** Whom the rule is for. */
	static final class Whom {

		@Option(names = "--person", required = true, paramLabel = "<name>", description = "Id of a person.")
		private @Nullable String person;

		@Option(names = "--tenant", required = true, paramLabel = "<name>", description = "A tenant.")
		private @Nullable String tenant;

		@Option(names = "--role", required = true, paramLabel = "<name>", description = "A role.")
		private @Nullable String role;

		@Option(names = "--group", required = true, paramLabel = "<name>",
				description = "A group: a role, permission or team.")
		private @Nullable String group;

		Map<String, String> named() {
			Map<String, String> named = new LinkedHashMap<>();
			put(named, "person", this.person);
			put(named, "tenant", this.tenant);
			put(named, "role", this.role);
			put(named, "group", this.group);
			return named;
		}

		private static void put(Map<String, String> named, String kind, @Nullable String name) {
			if (name != null) {
				named.put(kind, name);
			}
		}

	}

	/** What they get. */
	static final class What {

		@Option(names = "--version", required = true, paramLabel = "<version>", description = "A published version.")
		private @Nullable String version;

		@Option(names = "--channel", required = true, paramLabel = "<channel>",
				description = "What another channel of the module points at.")
		private @Nullable String channel;

		@Option(names = "--remove", required = true, description = "Nothing of their own any more.")
		private boolean remove;

	}

}

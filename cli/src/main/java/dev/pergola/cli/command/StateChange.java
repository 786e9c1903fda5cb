package dev.pergola.cli.command;

import java.io.IOException;
import java.util.Map;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Switches a module, or one version of it, on or off; people see why it is off, the audit
 * why either.
 */
final class StateChange {

	private StateChange() {
	}

	static int apply(Pergola pergola, String module, @Nullable String version, boolean enabled, String reason)
			throws IOException {
		ObjectNode body = JsonMapper.shared().createObjectNode().put("enabled", enabled);
		if (!enabled) {
			body.put("reason", reason);
		}
		try (RegistryApi registry = pergola.registry()) {
			JsonNode after = ((version != null)
					? registry.put(body, Map.of(), "modules", module, "versions", version, "state")
					: registry.put(body, Map.of(), "modules", module, "state"))
				.body();
			pergola.print(after, "%s is %s".formatted((version != null) ? module + " " + version : module,
					enabled ? "on" : "off: " + reason));
		}
		return 0;
	}

}

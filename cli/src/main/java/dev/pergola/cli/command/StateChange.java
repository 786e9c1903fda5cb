package dev.pergola.cli.command;

import java.io.IOException;
import java.util.Map;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Switches a module on or off; people see why it is off, the audit why either. */
final class StateChange {

	private StateChange() {
	}

	static int apply(Pergola pergola, String module, boolean enabled, @Nullable String reason) throws IOException {
		ObjectNode body = JsonMapper.shared().createObjectNode().put("enabled", enabled);
		if (!enabled) {
			body.put("reason", reason);
		}
		Map<String, String> headers = (reason != null) ? Map.of("Pergola-Reason", reason) : Map.of();
		try (RegistryApi registry = pergola.registry()) {
			JsonNode after = registry.put(body, headers, "modules", module, "state").body();
			pergola.print(after, "%s is %s".formatted(module, enabled ? "on" : "off: " + reason));
		}
		return 0;
	}

}

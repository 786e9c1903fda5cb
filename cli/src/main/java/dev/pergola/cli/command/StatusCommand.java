package dev.pergola.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pergola status [module]}. */
@Command(name = "status", description = "Show all modules, or one with its versions.")
final class StatusCommand extends PergolaCommand {

	@Parameters(arity = "0..1", paramLabel = "<module>", description = "Name of a module.")
	private @Nullable String module;

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			JsonNode body = ((this.module != null) ? registry.get("modules", this.module) : registry.get("modules"))
				.body();
			pergola().print(body, (this.module != null) ? details(body, rates(registry, this.module)) : list(body));
		}
		return 0;
	}

	private static String list(JsonNode modules) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("MODULE", "TEAM", "STATE", "STABLE", "LATEST"));
		for (JsonNode module : modules) {
			rows.add(List.of(text(module, "module"), text(module, "team"), state(module),
					Channels.text(module.path("channels").path("stable")), text(module.path("latest"), "version")));
		}
		return (rows.size() > 1) ? Table.of(rows) : "no modules yet";
	}

	/** Error rates since yesterday, by version. */
	private static Map<String, String> rates(RegistryApi registry, String module) {
		Map<String, String> rates = new HashMap<>();
		registry.find("modules", module, "health")
			.ifPresent((health) -> health.body()
				.path("versions")
				.forEach((version) -> rates.put(text(version, "version"), HealthCommand.rate(version))));
		return rates;
	}

	private static String details(JsonNode module, Map<String, String> rates) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("module", text(module, "module")));
		rows.add(List.of("team", text(module, "team")));
		rows.add(List.of("state", state(module)));
		for (Map.Entry<String, JsonNode> channel : module.path("channels").properties()) {
			rows.add(List.of(channel.getKey(), Channels.text(channel.getValue())));
		}
		for (JsonNode version : module.path("versions")) {
			String name = text(version, "version");
			rows.add(List.of("version",
					"%s  %s  %s".formatted(name, text(version, "publishedAt"), rates.getOrDefault(name, "")).strip()));
		}
		return Table.of(rows);
	}

	private static String state(JsonNode module) {
		return module.path("enabled").asBoolean(true) ? "on" : "off: " + text(module, "reason");
	}

	private static String text(JsonNode node, String name) {
		JsonNode value = node.path(name);
		return value.isNull() ? "" : value.asString("");
	}

}

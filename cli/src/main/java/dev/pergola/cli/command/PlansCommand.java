package dev.pergola.cli.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pergola plans <module>}. */
@Command(name = "plans", description = "Show the planned changes of a module, or cancel one.")
final class PlansCommand extends PergolaCommand {

	@Parameters(paramLabel = "<module>", description = "Name of the module.")
	private String module = "";

	@Option(names = "--cancel", paramLabel = "<id>",
			description = "Cancel this plan. One that has started stays as it is.")
	private @Nullable String cancel;

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			if (this.cancel != null) {
				JsonNode nothing = registry.delete("modules", this.module, "plans", this.cancel).body();
				pergola().print(nothing, "plan %s is cancelled".formatted(this.cancel));
			}
			else {
				JsonNode plans = registry.get("modules", this.module, "plans").body();
				pergola().print(plans, list(plans));
			}
		}
		return 0;
	}

	private static String list(JsonNode plans) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("ID", "STATE", "CHANNEL", "CHANGE", "BY", "PROBLEM"));
		for (JsonNode plan : plans) {
			rows.add(List.of(text(plan, "id"), text(plan, "state"), text(plan, "channel"), Channels.plan(plan),
					Table.actor(text(plan, "plannedBy")), text(plan, "problem")));
		}
		return (rows.size() > 1) ? Table.of(rows) : "nothing is planned";
	}

	private static String text(JsonNode plan, String name) {
		JsonNode value = plan.path(name);
		return value.isNull() ? "" : value.asString("");
	}

}

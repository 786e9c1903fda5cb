package dev.pergola.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.pergola.cli.registry.Answer;
import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.RegistryApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code pergola nav import <file>}. */
@Command(name = "import",
		description = "Make YAML the draft of the navigation; a draft there was before can be had back with undo.")
final class NavImportCommand extends NavSubcommand {

	@Parameters(paramLabel = "<file>", description = "File written by nav export.")
	private Path file = Path.of("navigation.yaml");

	@Option(names = "--publish", description = "Publish it at once.")
	private boolean publish;

	@Override
	public Integer call() throws IOException {
		byte[] yaml = Files.readAllBytes(this.file);
		try (RegistryApi registry = pergola().registry()) {
			Answer before = registry.get("navigation", "draft");
			Answer draft = registry.yaml("PUT", yaml, Map.of("If-Match", before.tag()), "navigation", "draft");
			JsonNode diff = registry.get("navigation", "draft", "diff").body();
			ObjectNode answer = JsonMapper.shared().createObjectNode();
			answer.set("diff", diff);
			boolean publishes = this.publish && draft.body().path("begun").asBoolean(false);
			if (publishes) {
				answer.set("published", publish(registry, draft));
			}
			pergola().print(answer.put("publishes", publishes), sentences(diff) + System.lineSeparator()
					+ (publishes ? "published" : "the draft is at %s/admin/navigation".formatted(pergola().address())));
		}
		return 0;
	}

	private JsonNode publish(RegistryApi registry, Answer draft) {
		String live = "\"%s\"".formatted(draft.body().path("live").asString("0"));
		try {
			return registry
				.post("?draft=" + draft.tag().replace("\"", ""), Map.of("If-Match", live), "navigation", "draft",
						"publish")
				.body();
		}
		catch (CommandException ex) {
			throw (ex.problem() != null && ex.problem().has("conflicts")) ? conflicts(ex, ex.problem()) : ex;
		}
	}

	private static CommandException conflicts(CommandException ex, JsonNode problem) {
		List<String> lines = new ArrayList<>();
		for (JsonNode conflict : problem.path("conflicts")) {
			lines.add("%s: was %s, live %s, yours %s".formatted(conflict.path("path").asString(""),
					conflict.path("base"), conflict.path("theirs"), conflict.path("yours")));
		}
		lines.add("put both together in the editor, or export again");
		return new CommandException(ex.exit(), problem.path("detail").asString(""), lines, problem);
	}

}

package dev.pergola.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code pergola nav export}. */
@Command(name = "export", description = "Write the navigation as YAML.")
final class NavExportCommand extends NavSubcommand {

	@Option(names = { "-o", "--output" }, paramLabel = "<file>", description = "File to write. Default: the terminal.")
	private @Nullable Path file;

	@Option(names = "--draft", description = "The draft, and not what is live.")
	private boolean draft;

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			String yaml = registry.query(this.draft ? "?format=yaml&of=draft" : "?format=yaml", "navigation")
				.body()
				.asString("");
			ObjectNode answer = JsonMapper.shared().createObjectNode();
			if (this.file == null) {
				pergola().print(answer.put("yaml", yaml), yaml.stripTrailing());
			}
			else {
				Files.writeString(this.file, yaml);
				pergola().print(answer.put("file", this.file.toString()), "written to " + this.file);
			}
		}
		return 0;
	}

}

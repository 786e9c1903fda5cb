package dev.pergola.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.pergola.cli.registry.RegistryApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pergola nav diff [file]}. */
@Command(name = "diff", description = "Say what the draft, or a file, would change of the navigation.")
final class NavDiffCommand extends NavSubcommand {

	@Parameters(arity = "0..1", paramLabel = "<file>", description = "YAML. Default: the draft.")
	private @Nullable Path file;

	@Override
	public Integer call() throws IOException {
		try (RegistryApi registry = pergola().registry()) {
			JsonNode diff = (this.file == null) ? registry.get("navigation", "draft", "diff").body()
					: registry.yaml("POST", Files.readAllBytes(this.file), Map.of(), "navigation", "draft", "diff")
						.body();
			pergola().print(diff, sentences(diff));
		}
		return 0;
	}

}

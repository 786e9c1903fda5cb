package dev.pergola.cli.command;

import java.io.IOException;
import java.nio.file.Path;

import dev.pergola.cli.bundle.ModuleFolder;
import dev.pergola.manifests.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code pergola validate <folder>}. */
@Command(name = "validate", description = "Say all that is wrong with a manifest and its files; asks no registry.")
final class ValidateCommand extends PergolaCommand {

	@Parameters(paramLabel = "<folder>", defaultValue = ".",
			description = "Folder with manifest.json, or with a folder module, dist or target/module that has it.")
	private Path folder = Path.of(".");

	@Override
	public Integer call() throws IOException {
		ModuleFolder found = ModuleFolder.find(this.folder);
		Manifest manifest = ManifestCheck.check(found);
		ObjectNode answer = JsonMapper.shared().createObjectNode();
		answer.put("module", manifest.module()).put("version", manifest.version()).put("files", found.files().size());
		pergola().print(answer, "%s %s is valid (%s beside %s)".formatted(manifest.module(), manifest.version(),
				PublishCommand.count(found.files().size()), found.manifestFile()));
		return 0;
	}

}

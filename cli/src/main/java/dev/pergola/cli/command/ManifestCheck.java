package dev.pergola.cli.command;

import java.util.List;

import dev.pergola.cli.bundle.ModuleFolder;
import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;
import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.ManifestReader;
import dev.pergola.manifests.ManifestReading;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Looks at a manifest and its bundle before anything is sent. */
final class ManifestCheck {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private ManifestCheck() {
	}

	/** The manifest; {@link CommandException} with every finding. */
	static Manifest check(ModuleFolder folder) {
		ManifestReading reading = new ManifestReader().read(folder.manifest(), folder.names());
		return reading.manifest().orElseThrow(() -> {
			List<String> lines = reading.findings().stream().map((finding) -> line(folder, finding)).toList();
			String count = (lines.size() == 1) ? "1 finding" : lines.size() + " findings";
			return new CommandException(Exit.REFUSED, count, lines, problem(reading.findings()));
		});
	}

	private static String line(ModuleFolder folder, Finding finding) {
		return "%s:%d:%d: %s".formatted(folder.manifestFile(), finding.line(), finding.column(), finding.message());
	}

	/** In the shape the registry answers with. */
	private static ObjectNode problem(List<Finding> findings) {
		ObjectNode problem = JSON.createObjectNode();
		problem.put("type", "/problems/invalid-manifest");
		problem.put("detail", "the manifest is not valid");
		problem.set("findings", JSON.valueToTree(findings));
		return problem;
	}

}

package dev.pergola.registry.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.archive.UnpackedBundle.UnpackedFile;
import dev.pergola.registry.publish.Gate.Target;
import tools.jackson.databind.JsonNode;

/**
 * What the registry checks of a manifest as a document, also when it cannot be read as a
 * manifest: that it is the one of this address, and that its hashes are those of the
 * files.
 */
final class ManifestDocument {

	private ManifestDocument() {
	}

	static List<Finding> findings(JsonNode document, Target target, UnpackedBundle bundle) {
		List<Finding> findings = new ArrayList<>();
		checkText(document.path("module"), target.module(), "/module", "the address says", findings);
		checkText(document.path("version"), target.version(), "/version", "the address says", findings);
		if (target.owner() != null) {
			checkText(document.path("team").path("name"), target.owner(), "/team/name", "the module belongs to",
					findings);
		}
		checkHashes(document.path("files"), bundle, findings);
		return findings;
	}

	private static void checkText(JsonNode node, String expected, String pointer, String source,
			List<Finding> findings) {
		if (node.isString() && !node.stringValue().equals(expected)) {
			findings.add(Findings.at(pointer, "is %s, but %s %s".formatted(node.stringValue(), source, expected)));
		}
	}

	private static void checkHashes(JsonNode files, UnpackedBundle bundle, List<Finding> findings) {
		for (Map.Entry<String, JsonNode> given : files.properties()) {
			String pointer = "/files/" + BundleRules.escape(given.getKey());
			UnpackedFile file = bundle.files().get(given.getKey());
			if (file == null) {
				findings.add(Findings.at(pointer, "is not in the bundle"));
			}
			else if (given.getValue().isString() && !given.getValue().stringValue().equals(file.hash().integrity())) {
				findings.add(Findings.at(pointer, "has the hash %s in the bundle".formatted(file.hash().integrity())));
			}
		}
	}

}

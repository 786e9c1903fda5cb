package dev.pergola.registry.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.archive.UnpackedBundle.UnpackedFile;
import dev.pergola.registry.publish.Gate.Target;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What the registry checks of a manifest as a document, also when it cannot be read as a
 * manifest: that it is the one of this address, that its hashes are those of the files,
 * and that no text in it could be an expression.
 */
final class ManifestDocument {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private ManifestDocument() {
	}

	static JsonNode parse(byte[] json) {
		try {
			return JSON.readTree(json);
		}
		catch (JacksonException ex) {
			// What is wrong with it is said by who reads it as a manifest.
			return MissingNode.getInstance();
		}
	}

	static List<Finding> findings(JsonNode document, Target target, UnpackedBundle bundle) {
		List<Finding> findings = new ArrayList<>();
		checkText(document.path("module"), target.module(), "/module", "address", findings);
		checkText(document.path("version"), target.version(), "/version", "address", findings);
		if (target.owner() != null) {
			checkText(document.path("team").path("name"), target.owner(), "/team/name", "owner of the module",
					findings);
		}
		checkHashes(document.path("files"), bundle, findings);
		checkExpressions(document, "", findings);
		return findings;
	}

	private static void checkText(JsonNode node, String expected, String pointer, String source,
			List<Finding> findings) {
		if (node.isString() && !node.stringValue().equals(expected)) {
			findings.add(new Finding(pointer, "%s is %s, but the %s says %s".formatted(pointer.substring(1),
					node.stringValue(), source, expected), 0, 0));
		}
	}

	private static void checkHashes(JsonNode files, UnpackedBundle bundle, List<Finding> findings) {
		for (Map.Entry<String, JsonNode> given : files.properties()) {
			String pointer = "/files/" + escape(given.getKey());
			UnpackedFile file = bundle.files().get(given.getKey());
			if (file == null) {
				findings.add(new Finding(pointer, "%s is not in the bundle".formatted(given.getKey()), 0, 0));
			}
			else if (given.getValue().isString() && !given.getValue().stringValue().equals(file.hash().integrity())) {
				findings.add(new Finding(pointer,
						"%s has the hash %s".formatted(given.getKey(), file.hash().integrity()), 0, 0));
			}
		}
	}

	/**
	 * CVE-2022-22947 and its kin: text from outside that reaches an expression parser.
	 */
	private static void checkExpressions(JsonNode node, String pointer, List<Finding> findings) {
		if (node.isString() && node.stringValue().contains("#{")) {
			findings.add(new Finding(pointer, "must not contain #{", 0, 0));
		}
		for (Map.Entry<String, JsonNode> property : node.properties()) {
			String below = pointer + "/" + escape(property.getKey());
			if (property.getKey().contains("#{")) {
				findings.add(new Finding(below, "must not contain #{", 0, 0));
			}
			checkExpressions(property.getValue(), below, findings);
		}
		if (node.isArray()) {
			for (int i = 0; i < node.size(); i++) {
				checkExpressions(node.get(i), pointer + "/" + i, findings);
			}
		}
	}

	private static String escape(String name) {
		return name.replace("~", "~0").replace("/", "~1");
	}

}

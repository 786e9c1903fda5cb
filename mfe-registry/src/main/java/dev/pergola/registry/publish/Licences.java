package dev.pergola.registry.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.archive.BundleFindings;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.archive.UnpackedBundle.UnpackedFile;
import tools.jackson.databind.JsonNode;

/**
 * Licences that the {@code package.json} files of a bundle name: the module's own and
 * those of what it brings along.
 */
final class Licences {

	private static final String PACKAGE = "package.json";

	private static final long MAX_BYTES = 256 * 1024;

	private final Set<String> allowed;

	Licences(Set<String> allowed) {
		this.allowed = allowed.stream().map((name) -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
	}

	/** Licences that are not on the list; a file that names none is not looked at. */
	void check(UnpackedBundle bundle, List<Finding> findings) {
		if (this.allowed.isEmpty()) {
			return;
		}
		for (Map.Entry<String, UnpackedFile> file : bundle.files().entrySet()) {
			String path = file.getKey();
			if (path.equals(PACKAGE) || path.endsWith("/" + PACKAGE)) {
				refusal(file.getValue()).ifPresent((reason) -> findings.add(BundleFindings.at(path, reason)));
			}
		}
	}

	private Optional<String> refusal(UnpackedFile file) {
		if (file.sizeBytes() > MAX_BYTES) {
			return Optional.of("is larger than %d bytes".formatted(MAX_BYTES));
		}
		JsonNode document = JsonDocument.read(bytes(file));
		JsonNode licence = document.path("license");
		String name = licence.isObject() ? licence.path("type").asString("") : licence.asString("");
		return (name.isEmpty() || LicenceExpression.isMet(name, this::isAllowed)) ? Optional.empty()
				: Optional.of("licence %s is not on the list of the portal".formatted(shortened(name)));
	}

	private boolean isAllowed(String identifier) {
		return this.allowed.contains(identifier.toLowerCase(Locale.ROOT));
	}

	private static byte[] bytes(UnpackedFile file) {
		try {
			return Files.readAllBytes(file.file());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String shortened(String name) {
		String text = name.replaceAll("\\p{C}", "\uFFFD");
		return (text.length() <= 80) ? text : text.substring(0, 80) + "…";
	}

}

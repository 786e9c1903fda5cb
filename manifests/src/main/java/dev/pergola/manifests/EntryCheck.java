package dev.pergola.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Version, ranges, entry and files. */
final class EntryCheck {

	private EntryCheck() {
	}

	static void check(Field root, Findings findings) {
		Field version = root.at("version");
		version.text()
			.filter((text) -> !Version.isValid(text))
			.ifPresent((text) -> findings.add(version.pointer(),
					"%s is not SemVer 2.0, such as 2.4.1".formatted(Quoted.of(text))));
		checkRange(root.at("host"), findings);
		root.at("shared").entries().values().forEach((range) -> checkRange(range, findings));
		checkFile(root.at("entry"), findings);
		checkListed(root, findings);
	}

	private static void checkRange(Field range, Findings findings) {
		try {
			range.text().ifPresent(VersionRange::parse);
		}
		catch (IllegalArgumentException ex) {
			findings.add(range.pointer(), String.valueOf(ex.getMessage()));
		}
	}

	private static void checkFile(Field entry, Findings findings) {
		Field file = entry.at("file");
		boolean isFragment = entry.at("format").is("fragment");
		if (isFragment && file.exists()) {
			findings.add(file.pointer(), "must be left out when the format is fragment");
		}
		if (!isFragment && entry.at("format").exists() && !file.exists()) {
			findings.add(file.pointer(), "is missing");
		}
		file.text().ifPresent((name) -> {
			boolean isDocument = name.endsWith(".html") || name.endsWith(".htm");
			if (entry.at("format").is("iframe") != isDocument) {
				findings.add(file.pointer(), isDocument ? "is an HTML document, which needs the format iframe"
						: "must be an HTML document when the format is iframe");
			}
		});
	}

	/** Every file the manifest points at or lists has to be in the bundle. */
	static void checkBundle(Field root, Set<String> bundle, Findings findings) {
		references(root).forEach((file) -> file.text()
			.ifPresent((name) -> check(bundle.contains(name), file.pointer(),
					"%s is not in the bundle".formatted(Quoted.of(name)), findings)));
		root.at("files")
			.entries()
			.forEach((name, file) -> check(bundle.contains(name), file.pointer(), "is not in the bundle", findings));
	}

	private static void checkListed(Field root, Findings findings) {
		Field files = root.at("files");
		if (files.node().isObject() && !files.node().isEmpty()) {
			references(root).forEach((file) -> file.text()
				.ifPresent((name) -> check(files.node().has(name), file.pointer(),
						"%s is not among the files".formatted(Quoted.of(name)), findings)));
		}
	}

	private static List<Field> references(Field root) {
		List<Field> references = new ArrayList<>();
		references.add(root.at("entry").at("file"));
		references.addAll(root.at("entry").at("styles").items());
		references.add(root.at("upstream").at("openapi"));
		root.at("events").at("publishes").items().forEach((event) -> references.add(event.at("schema")));
		return references;
	}

	private static void check(boolean valid, String pointer, String message, Findings findings) {
		if (!valid) {
			findings.add(pointer, message);
		}
	}

}

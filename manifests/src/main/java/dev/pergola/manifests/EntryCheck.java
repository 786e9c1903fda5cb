package dev.pergola.manifests;

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

	private static void checkListed(Field root, Findings findings) {
		Field files = root.at("files");
		if (!files.node().isObject() || files.node().isEmpty()) {
			return;
		}
		checkListed(files, root.at("entry").at("file"), findings);
		root.at("entry").at("styles").items().forEach((style) -> checkListed(files, style, findings));
		checkListed(files, root.at("upstream").at("openapi"), findings);
		root.at("events")
			.at("publishes")
			.items()
			.forEach((publication) -> checkListed(files, publication.at("schema"), findings));
	}

	private static void checkListed(Field files, Field file, Findings findings) {
		file.text()
			.filter((name) -> !files.node().has(name))
			.ifPresent((name) -> findings.add(file.pointer(), "%s is not among the files".formatted(Quoted.of(name))));
	}

}

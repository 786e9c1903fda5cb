package dev.pergola.manifests;

import java.util.List;

import tools.jackson.core.JacksonException;

/**
 * Reads manifests and says everything that is wrong with them at once. Safe for several
 * threads.
 */
public final class ManifestReader {

	/**
	 * Reads a manifest.
	 * @param json UTF-8, at most 1 MiB, any content
	 * @return a manifest, or what is wrong: at most 101 findings, in the order of the
	 * document
	 */
	public ManifestReading read(byte[] json) {
		try {
			JsonSource source = JsonSource.parse(json);
			Findings findings = new Findings(source);
			check(source, findings);
			return findings.isEmpty() ? bind(source) : ManifestReading.of(findings.sorted());
		}
		catch (InvalidSourceException ex) {
			return ManifestReading.of(List.of(ex.finding()));
		}
	}

	/** The most telling first: of two findings about one place, the first counts. */
	private static void check(JsonSource source, Findings findings) {
		Field root = new Field("", source.root());
		source.addProblemsTo(findings);
		TextCheck.check(root, findings);
		SchemaCheck.check(source.root(), findings);
		EntryCheck.check(root, findings);
		PageCheck.check(root, findings);
		ViewCheck.check(root, findings);
		ServiceCheck.check(root, findings);
	}

	private static ManifestReading bind(JsonSource source) {
		try {
			return ManifestReading.of(ManifestJson.MAPPER.treeToValue(source.root(), Manifest.class));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			String message = (ex instanceof JacksonException json) ? json.getOriginalMessage() : ex.getMessage();
			return ManifestReading.of(List.of(new Finding("", "the manifest: " + message, 0, 0)));
		}
	}

}

package dev.pergola.manifests;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
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
		return read(json, null);
	}

	/**
	 * Reads a manifest that lies beside its bundle.
	 * @param json UTF-8, at most 1 MiB, any content
	 * @param bundle paths of the files of the bundle; what the manifest points at has to
	 * be among them. {@code null} when they are not known
	 * @return a manifest, or what is wrong
	 */
	public ManifestReading read(byte[] json, @Nullable Set<String> bundle) {
		try {
			JsonSource source = JsonSource.parse(json);
			Findings findings = new Findings(source);
			check(source, findings);
			if (bundle != null) {
				EntryCheck.checkBundle(new Field("", source.root()), bundle, findings);
			}
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

package dev.pergola.manifests;

import java.util.Optional;

/**
 * Where each value of a manifest stands in its text, for findings that others make.
 */
public final class ManifestPlaces {

	private final Optional<JsonSource> source;

	private ManifestPlaces(Optional<JsonSource> source) {
		this.source = source;
	}

	/**
	 * Reads a manifest for its places.
	 * @param json any bytes
	 * @return places, none of them known when it cannot be read
	 */
	public static ManifestPlaces of(byte[] json) {
		try {
			return new ManifestPlaces(Optional.of(JsonSource.parse(json)));
		}
		catch (InvalidSourceException ex) {
			return new ManifestPlaces(Optional.empty());
		}
	}

	/**
	 * A finding with its place.
	 * @param finding with a pointer; one that knows its place is given back as it is
	 * @return with line and column of the value, or of the nearest value around it; those
	 * of the finding when nothing is known
	 */
	public Finding locate(Finding finding) {
		boolean pointed = finding.pointer().isEmpty() || finding.pointer().startsWith("/");
		if (finding.line() > 0 || !pointed || this.source.isEmpty()) {
			return finding;
		}
		SourcePlace place = this.source.get().value(finding.pointer());
		return new Finding(finding.pointer(), finding.message(), place.line(), place.column());
	}

}

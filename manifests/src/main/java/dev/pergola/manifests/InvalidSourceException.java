package dev.pergola.manifests;

/** A text that is not JSON at all. */
final class InvalidSourceException extends Exception {

	private final transient Finding finding;

	InvalidSourceException(String message, SourcePlace place) {
		super(message);
		this.finding = new Finding("", "the manifest: " + message, place.line(), place.column());
	}

	Finding finding() {
		return this.finding;
	}

}

package dev.pergola.manifests;

/**
 * A place in a source text.
 *
 * @param line from 1
 * @param column in characters, from 1
 */
record SourcePlace(int line, int column) {

	static final SourcePlace UNKNOWN = new SourcePlace(0, 0);

}

package dev.pergola.manifests;

/**
 * Something wrong with a manifest.
 *
 * @param pointer JSON pointer (RFC 6901) into the document, empty for the whole
 * @param message a plain sentence that names the place, such as
 * {@code pages[1].path: must start with /}
 * @param line line of the source text, from 1; 0 when not known
 * @param column column in characters, from 1; 0 when not known
 */
public record Finding(String pointer, String message, int line, int column) {

}

package dev.pergola.bff.files;

/**
 * A file of a bundle.
 *
 * @param etag as it stands in the header, with quotes
 */
record ModuleFile(byte[] bytes, String type, String etag) {

}

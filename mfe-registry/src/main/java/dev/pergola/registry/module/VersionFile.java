package dev.pergola.registry.module;

import dev.pergola.registry.bundle.ContentHash;

/**
 * A file of a version.
 *
 * @param path relative, parts divided by {@code /}
 */
public record VersionFile(String path, ContentHash hash, long sizeBytes) {

}

package dev.pergola.registry.module;

import java.time.Instant;

/**
 * A published version.
 *
 * @param contentHash SHA-384 over manifest and all hashes; equal for equal content
 * @param sizeBytes sum of all files
 * @param entryGzipBytes size of the entry in gzip, 0 when the module has none
 * @param revision write that published it
 */
public record ModuleVersion(String module, String version, String contentHash, long sizeBytes, long entryGzipBytes,
		Instant publishedAt, String publishedBy, long revision) {

}

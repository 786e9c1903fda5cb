package dev.pergola.registry.archive;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.bundle.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * Files of an archive, unpacked under names of our own.
 *
 * @param manifest the file {@code manifest.json}, {@code null} when there is none
 * @param files path inside the bundle and file of each, sorted; without the manifest
 * @param findings names and entries that were refused
 */
public record UnpackedBundle(@Nullable Path manifest, Map<String, UnpackedFile> files, List<Finding> findings) {

	public UnpackedBundle {
		files = new TreeMap<>(files);
		findings = List.copyOf(findings);
	}

	/** The same files with another manifest, and with more findings. */
	public UnpackedBundle with(@Nullable Path other, List<Finding> more) {
		return new UnpackedBundle(other, this.files, Stream.concat(this.findings.stream(), more.stream()).toList());
	}

	/**
	 * Sum of all files.
	 * @return bytes
	 */
	public long sizeBytes() {
		return this.files.values().stream().mapToLong(UnpackedFile::sizeBytes).sum();
	}

	/**
	 * A file of the bundle.
	 *
	 * @param file where it lies until the upload ends
	 */
	public record UnpackedFile(Path file, ContentHash hash, long sizeBytes) {

	}

}

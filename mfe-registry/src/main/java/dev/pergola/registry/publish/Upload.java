package dev.pergola.registry.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.FileSystemUtils;

/**
 * An upload's folder: the archive and what was unpacked from it. Closing removes it.
 */
final class Upload implements AutoCloseable {

	private static final Logger LOGGER = LoggerFactory.getLogger(Upload.class);

	private final Path folder;

	private Upload(Path folder) {
		this.folder = folder;
	}

	static Upload open(Path work) {
		try {
			Files.createDirectories(work);
			Path folder = Files.createTempDirectory(work, "upload-");
			Files.createDirectory(folder.resolve("files"));
			return new Upload(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Removes what uploads of a killed process left.
	 * @param olderThan younger ones may be another node's
	 */
	static void sweep(Path work, Duration olderThan) {
		if (!Files.isDirectory(work)) {
			return;
		}
		FileTime limit = FileTime.from(Instant.now().minus(olderThan));
		try (Stream<Path> folders = Files.list(work)) {
			List<Path> all = folders.toList();
			for (Path folder : all) {
				if (Files.getLastModifiedTime(folder).compareTo(limit) < 0) {
					FileSystemUtils.deleteRecursively(folder);
				}
			}
		}
		catch (IOException ex) {
			LOGGER.warn("old uploads cannot be removed, directory={}", work, ex);
		}
	}

	Path archive() {
		return this.folder.resolve("archive");
	}

	/** A manifest that came beside the archive. */
	Path manifest() {
		return this.folder.resolve("manifest");
	}

	/** Folder for files that come one by one, made on first use. */
	Path parts() {
		try {
			return Files.createDirectories(this.folder.resolve("parts"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path files() {
		return this.folder.resolve("files");
	}

	@Override
	public void close() {
		try {
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (IOException ex) {
			LOGGER.warn("upload cannot be removed, directory={}", this.folder, ex);
		}
	}

}

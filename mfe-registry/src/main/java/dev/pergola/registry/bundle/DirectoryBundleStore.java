package dev.pergola.registry.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * Content in a folder, as {@code ab/abcd…}. A file is written beside its place and moved
 * there in one step, so that a reader or a crash never meets half of it.
 */
public class DirectoryBundleStore implements BundleStore {

	private final Path directory;

	public DirectoryBundleStore(Path directory) {
		this.directory = directory;
	}

	@Override
	public void put(ContentHash hash, Path file) {
		Path place = place(hash);
		if (Files.exists(place)) {
			return;
		}
		Path folder = folder(hash);
		try {
			Files.createDirectories(folder);
			Path beside = Files.createTempFile(folder, "new-", ".part");
			try {
				Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
				force(beside, StandardOpenOption.WRITE);
				Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
				force(folder, StandardOpenOption.READ);
			}
			finally {
				Files.deleteIfExists(beside);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("storing content in " + this.directory, ex);
		}
	}

	@Override
	public Resource get(ContentHash hash) {
		Path place = place(hash);
		if (!Files.isRegularFile(place)) {
			throw new ContentMissingException(hash);
		}
		return new FileSystemResource(place);
	}

	private Path place(ContentHash hash) {
		return folder(hash).resolve(hash.hex());
	}

	private Path folder(ContentHash hash) {
		return this.directory.resolve(hash.hex().substring(0, 2));
	}

	/** A name survives a power cut only when its folder is written too. */
	private static void force(Path path, StandardOpenOption option) throws IOException {
		try (FileChannel channel = FileChannel.open(path, option)) {
			channel.force(true);
		}
		catch (FileSystemException ex) {
			if (!Files.isDirectory(path)) {
				throw ex;
			}
			// Windows cannot open a folder; there the move itself is journalled.
		}
	}

}

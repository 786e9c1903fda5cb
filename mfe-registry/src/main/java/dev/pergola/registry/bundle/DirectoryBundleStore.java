package dev.pergola.registry.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.springframework.core.io.Resource;

/**
 * Content in a folder, as {@code ab/abcd…}. A file is written beside its place and moved
 * there in one step, so that a reader or a crash never meets half of it.
 */
public final class DirectoryBundleStore implements BundleStore {

	private static final String UNFINISHED = ".part";

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
			Path beside = Files.createTempFile(folder, "new-", UNFINISHED);
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
		try {
			return new CheckedContent(hash, Files.size(place), () -> Files.newInputStream(place));
		}
		catch (NoSuchFileException ex) {
			throw new ContentMissingException(hash);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("reading content of " + this.directory, ex);
		}
	}

	/** What a killed process left half written is removed on the way. */
	@Override
	public void forEach(Instant storedBefore, Consumer<ContentHash> visitor) {
		if (!Files.isDirectory(this.directory)) {
			return;
		}
		FileTime limit = FileTime.from(storedBefore);
		try (Stream<Path> files = Files.walk(this.directory, 2)) {
			for (Path file : (Iterable<Path>) files::iterator) {
				visit(file, limit, visitor);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("listing content of " + this.directory, ex);
		}
	}

	@Override
	public void remove(ContentHash hash) {
		try {
			Files.deleteIfExists(place(hash));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("removing content from " + this.directory, ex);
		}
	}

	private static void visit(Path file, FileTime limit, Consumer<ContentHash> visitor) throws IOException {
		String name = file.getFileName().toString();
		try {
			if (!Files.isRegularFile(file) || Files.getLastModifiedTime(file).compareTo(limit) >= 0) {
				return;
			}
			if (name.endsWith(UNFINISHED)) {
				Files.deleteIfExists(file);
			}
			else if (ContentHash.isValid(name)) {
				visitor.accept(new ContentHash(name));
			}
		}
		catch (NoSuchFileException ex) {
			// Another node was faster.
		}
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

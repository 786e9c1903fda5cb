package dev.pergola.bff.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files kept on disk, so that they are there after a restart and while the registry is
 * away. Each lies beside the hash of its content, and one that was damaged counts as
 * missing. A disk that is full or cannot be written is no failure: the file is just not
 * kept. Blocks.
 */
final class DiskFiles {

	private static final Logger log = LoggerFactory.getLogger(DiskFiles.class);

	private static final int HASH_BYTES = 32;

	private static final String TEMPORARY = ".part";

	private final Path directory;

	private final long maxBytes;

	private final AtomicLong kept = new AtomicLong();

	private final AtomicLong temporary = new AtomicLong();

	/**
	 * Looks at what is there; what was left half written is removed.
	 * @param maxBytes size of all files together
	 */
	DiskFiles(Path directory, long maxBytes) {
		this.directory = directory;
		this.maxBytes = maxBytes;
		try {
			Files.createDirectories(directory);
			for (Path file : list()) {
				if (file.toString().endsWith(TEMPORARY)) {
					Files.deleteIfExists(file);
				}
				else {
					this.kept.addAndGet(Files.size(file));
				}
			}
		}
		catch (IOException ex) {
			log.warn("files are not kept on disk: directory={} because={}", directory, ex.toString());
		}
	}

	/**
	 * A file that was kept.
	 * @return empty when it was not, or is not what it was
	 */
	Optional<byte[]> find(String key) {
		Path file = file(key);
		try {
			byte[] all = Files.readAllBytes(file);
			if (all.length >= HASH_BYTES) {
				byte[] bytes = Arrays.copyOfRange(all, HASH_BYTES, all.length);
				if (MessageDigest.isEqual(sha256(bytes), Arrays.copyOf(all, HASH_BYTES))) {
					Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
					return Optional.of(bytes);
				}
			}
			log.warn("file on disk is damaged and is fetched again: key={}", key);
			remove(file, all.length);
		}
		catch (NoSuchFileException ex) {
			// Not kept, or removed to make room.
		}
		catch (IOException ex) {
			log.warn("file on disk cannot be read: key={} because={}", key, ex.toString());
		}
		return Optional.empty();
	}

	/** Keeps a file, and lets those go that were not asked for longest. */
	void keep(String key, byte[] bytes) {
		if (HASH_BYTES + bytes.length > this.maxBytes) {
			return;
		}
		Path part = this.directory.resolve(this.temporary.incrementAndGet() + TEMPORARY);
		Path file = file(key);
		try {
			byte[] hash = sha256(bytes);
			byte[] all = Arrays.copyOf(hash, HASH_BYTES + bytes.length);
			System.arraycopy(bytes, 0, all, HASH_BYTES, bytes.length);
			Files.write(part, all);
			long before = Files.exists(file) ? Files.size(file) : 0;
			Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			if (this.kept.addAndGet(all.length - before) > this.maxBytes) {
				makeRoom();
			}
		}
		catch (IOException ex) {
			log.warn("file is not kept on disk: key={} because={}", key, ex.toString());
			try {
				Files.deleteIfExists(part);
			}
			catch (IOException again) {
				// The next start removes it.
			}
		}
	}

	private synchronized void makeRoom() throws IOException {
		List<Entry> oldest = list().stream()
			.map(DiskFiles::entry)
			.flatMap(Optional::stream)
			.sorted(Comparator.comparing(Entry::usedAt))
			.toList();
		for (Entry entry : oldest) {
			// A tenth more than needed, so that not every file makes room anew.
			if (this.kept.get() <= this.maxBytes - this.maxBytes / 10) {
				return;
			}
			remove(entry.file(), entry.bytes());
		}
	}

	private void remove(Path file, long bytes) throws IOException {
		if (Files.deleteIfExists(file)) {
			this.kept.addAndGet(-bytes);
		}
	}

	private List<Path> list() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	private static Optional<Entry> entry(Path file) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return Optional.of(new Entry(file, attributes.lastModifiedTime(), attributes.size()));
		}
		catch (IOException gone) {
			return Optional.empty();
		}
	}

	/** Nothing a team named becomes a name on disk. */
	private Path file(String key) {
		return this.directory.resolve(HexFormat.of().formatHex(sha256(key.getBytes(StandardCharsets.UTF_8))));
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Entry(Path file, FileTime usedAt, long bytes) {

	}

}

package dev.pergola.registry.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogJson;
import dev.pergola.manifests.catalog.InvalidCatalogException;

/**
 * The last good catalog on disk: one line with the SHA-256 of the rest, then the JSON.
 * Written beside and moved over, so that a crash leaves the old or the new one.
 */
final class CatalogFile {

	private static final int DIGEST_LENGTH = 64;

	private final Path file;

	CatalogFile(Path directory) {
		this.file = directory.resolve("catalog.snapshot");
	}

	/**
	 * Reads the catalog.
	 * @return empty when there is no file; {@link InvalidCatalogFileException} when the
	 * file is not whole
	 */
	Optional<Catalog> read() throws IOException {
		try {
			return Optional.of(parse(Files.readAllBytes(this.file)));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (InvalidCatalogException ex) {
			throw new InvalidCatalogFileException(this.file, String.valueOf(ex.getMessage()));
		}
	}

	void write(Catalog catalog) throws IOException {
		Path directory = this.file.toAbsolutePath().getParent();
		Files.createDirectories(directory);
		Path fresh = Files.createTempFile(directory, "catalog", ".tmp");
		try {
			try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
				ByteBuffer bytes = ByteBuffer.wrap(format(CatalogJson.write(catalog)));
				while (bytes.hasRemaining()) {
					channel.write(bytes);
				}
				channel.force(true);
			}
			Files.move(fresh, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(fresh);
		}
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

	private Catalog parse(byte[] bytes) throws InvalidCatalogFileException {
		if (bytes.length <= DIGEST_LENGTH || bytes[DIGEST_LENGTH] != '\n') {
			throw new InvalidCatalogFileException(this.file, "it is cut short");
		}
		byte[] json = Arrays.copyOfRange(bytes, DIGEST_LENGTH + 1, bytes.length);
		byte[] digest = Arrays.copyOf(bytes, DIGEST_LENGTH);
		if (!MessageDigest.isEqual(digest, digest(json))) {
			throw new InvalidCatalogFileException(this.file, "its content is not what was written");
		}
		return CatalogJson.read(json).catalog();
	}

	private static byte[] format(byte[] json) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length + DIGEST_LENGTH + 1);
		bytes.writeBytes(digest(json));
		bytes.write('\n');
		bytes.writeBytes(json);
		return bytes.toByteArray();
	}

	private static byte[] digest(byte[] json) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
			return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
		}
	}

}

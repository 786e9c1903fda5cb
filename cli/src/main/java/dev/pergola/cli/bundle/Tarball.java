package dev.pergola.cli.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;

/**
 * A gzip tar as {@code npm pack} lays it out: everything below {@code package/}. The same
 * files give the same bytes: no times, no owners.
 */
public final class Tarball {

	private static final int BLOCK = 512;

	private static final int NAME_LENGTH = 100;

	private static final int PREFIX_LENGTH = 155;

	private Tarball() {
	}

	/**
	 * Packs a bundle.
	 * @param manifest bytes of the manifest, which comes first
	 * @param files path inside the bundle and file
	 * @return the archive
	 */
	public static byte[] pack(byte[] manifest, Map<String, Path> files) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream tar = new GZIPOutputStream(bytes)) {
			add(tar, "package/manifest.json", manifest);
			for (Map.Entry<String, Path> file : files.entrySet()) {
				add(tar, "package/" + file.getKey(), Files.readAllBytes(file.getValue()));
			}
			tar.write(new byte[2 * BLOCK]);
		}
		return bytes.toByteArray();
	}

	private static void add(OutputStream tar, String path, byte[] content) throws IOException {
		tar.write(header(path, content.length));
		tar.write(content);
		tar.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
	}

	/** Header of POSIX 1003.1 "ustar". */
	private static byte[] header(String path, int size) {
		byte[] header = new byte[BLOCK];
		int split = split(path);
		put(header, 0, path.substring((split > 0) ? split + 1 : 0));
		put(header, 100, "0000644");
		put(header, 108, "0000000");
		put(header, 116, "0000000");
		put(header, 124, "%011o".formatted(size));
		put(header, 136, "00000000000");
		put(header, 156, "0");
		put(header, 257, "ustar");
		put(header, 263, "00");
		put(header, 345, path.substring(0, Math.max(0, split)));
		Arrays.fill(header, 148, 156, (byte) ' ');
		int sum = 0;
		for (byte value : header) {
			sum += value & 0xFF;
		}
		put(header, 148, "%06o\0 ".formatted(sum));
		return header;
	}

	/** Where a path that is too long for the name goes on in the prefix. */
	private static int split(String path) {
		int length = path.getBytes(StandardCharsets.UTF_8).length;
		if (length <= NAME_LENGTH) {
			return 0;
		}
		int slash = path.indexOf('/', Math.max(0, path.length() - NAME_LENGTH - 1));
		if (length > path.length() || slash <= 0 || slash > PREFIX_LENGTH) {
			throw new CommandException(Exit.REFUSED, "the path %s is too long for a bundle".formatted(path));
		}
		return slash;
	}

	private static void put(byte[] header, int offset, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		System.arraycopy(bytes, 0, header, offset, bytes.length);
	}

}

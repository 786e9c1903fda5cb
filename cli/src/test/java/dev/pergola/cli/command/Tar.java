package dev.pergola.cli.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads what the command line packed. */
final class Tar {

	private Tar() {
	}

	static Map<String, String> read(byte[] archive) throws IOException {
		Map<String, String> files = new LinkedHashMap<>();
		byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(archive)).readAllBytes();
		int offset = 0;
		while (bytes[offset] != 0) {
			String prefix = text(bytes, offset + 345, 155);
			String name = (prefix.isEmpty() ? "" : prefix + "/") + text(bytes, offset, 100);
			int size = Integer.parseInt(text(bytes, offset + 124, 11), 8);
			int start = offset + 512;
			files.put(name, new String(bytes, start, size, StandardCharsets.UTF_8));
			offset = start + (size + 511) / 512 * 512;
		}
		return files;
	}

	private static String text(byte[] bytes, int offset, int length) {
		byte[] field = Arrays.copyOfRange(bytes, offset, offset + length);
		String text = new String(field, StandardCharsets.UTF_8);
		int end = text.indexOf('\0');
		return (end >= 0) ? text.substring(0, end) : text;
	}

}

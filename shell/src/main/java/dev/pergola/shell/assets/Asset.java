package dev.pergola.shell.assets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;

/**
 * One static file, held in memory as it is sent.
 *
 * @param path path below {@code assets/}, for example {@code design/pergola.css}
 * @param type media type, taken from the file name
 * @param bytes the file
 * @param gzip the file compressed, {@code null} where compression would not make it
 * smaller
 * @param integrity Subresource Integrity metadata, {@code sha384-…}
 */
public record Asset(String path, MediaType type, byte[] bytes, byte @Nullable [] gzip, String integrity) {

	private static final Map<String, MediaType> TYPES = Map.ofEntries(Map.entry("js", text("javascript")),
			Map.entry("css", text("css")), Map.entry("html", text("html")), Map.entry("txt", text("plain")),
			Map.entry("json", MediaType.APPLICATION_JSON), Map.entry("map", MediaType.APPLICATION_JSON),
			Map.entry("svg", new MediaType("image", "svg+xml")), Map.entry("png", MediaType.IMAGE_PNG),
			Map.entry("ico", new MediaType("image", "x-icon")), Map.entry("woff2", new MediaType("font", "woff2")),
			Map.entry("webmanifest", new MediaType("application", "manifest+json")));

	static Asset of(String path, byte[] bytes) {
		MediaType type = typeOf(path);
		byte[] gzip = compress(bytes);
		return new Asset(path, type, bytes, (gzip.length < bytes.length) ? gzip : null, integrityOf(bytes));
	}

	private static MediaType typeOf(String path) {
		return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), MediaType.APPLICATION_OCTET_STREAM);
	}

	private static String integrityOf(byte[] bytes) {
		return "sha384-" + Base64.getEncoder().encodeToString(digest("SHA-384").digest(bytes));
	}

	static MessageDigest digest(String algorithm) {
		try {
			return MessageDigest.getInstance(algorithm);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] compress(byte[] bytes) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 2 + 64);
		try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
			out.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	private static MediaType text(String subtype) {
		return new MediaType("text", subtype, StandardCharsets.UTF_8);
	}

}

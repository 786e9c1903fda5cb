package dev.pergola.registry.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * SHA-384 of a file's content.
 *
 * @param hex 96 lower-case hexadecimal digits
 */
public record ContentHash(String hex) {

	private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{96}");

	public ContentHash {
		if (!SHAPE.matcher(hex).matches()) {
			throw new IllegalArgumentException("hash: %s (expected: %s)".formatted(hex, SHAPE));
		}
	}

	static boolean isValid(String text) {
		return SHAPE.matcher(text).matches();
	}

	/**
	 * Hash of all bytes of a stream.
	 * @param content read to its end, left open
	 * @return the hash
	 * @throws IOException when the stream fails
	 */
	public static ContentHash of(InputStream content) throws IOException {
		MessageDigest digest = newDigest();
		byte[] buffer = new byte[16 * 1024];
		for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
			digest.update(buffer, 0, count);
		}
		return of(digest);
	}

	public static ContentHash of(MessageDigest sha384) {
		return new ContentHash(HexFormat.of().formatHex(sha384.digest()));
	}

	public static MessageDigest newDigest() {
		try {
			return MessageDigest.getInstance("SHA-384");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-384", ex);
		}
	}

	/**
	 * The hash as Subresource Integrity writes it.
	 * @return {@code sha384-} and base64
	 */
	public String integrity() {
		return "sha384-" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(this.hex));
	}

}

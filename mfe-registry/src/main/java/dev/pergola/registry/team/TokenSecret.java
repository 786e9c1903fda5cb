package dev.pergola.registry.team;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secret of a team token: {@code pgt_} and 256 random bits. Only its SHA-256 is
 * stored; with that many bits a slow hash would add nothing.
 */
public final class TokenSecret {

	/** What every team token starts with, so that scanners find leaked ones. */
	public static final String PREFIX = "pgt_";

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int BYTES = 32;

	private TokenSecret() {
	}

	static String create() {
		byte[] bytes = new byte[BYTES];
		RANDOM.nextBytes(bytes);
		return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * What is stored of a secret.
	 * @param secret any text
	 * @return 64 hexadecimal digits
	 */
	static String hash(String secret) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-256", ex);
		}
	}

}

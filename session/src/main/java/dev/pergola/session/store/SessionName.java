package dev.pergola.session.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What a session is called wherever its id must not be seen: who reads the name cannot
 * make a cookie of it.
 */
public final class SessionName {

	private static final ThreadLocal<MessageDigest> digest = ThreadLocal.withInitial(SessionName::sha256);

	private SessionName() {
	}

	/**
	 * Name of a session, or of anything else that is secret.
	 * @param secret id of a session
	 * @return SHA-256 as 43 characters of the URL-safe base 64 alphabet
	 */
	public static String of(String secret) {
		byte[] hash = digest.get().digest(secret.getBytes(StandardCharsets.UTF_8));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

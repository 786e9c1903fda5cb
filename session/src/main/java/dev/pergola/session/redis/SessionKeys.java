package dev.pergola.session.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys that what leaves this process is encrypted with: AES-256 in GCM. What is sealed
 * begins with a version, the first four bytes of the key's hash, and the nonce.
 */
public final class SessionKeys {

	private static final String CIPHER = "AES/GCM/NoPadding";

	private static final byte VERSION = 1;

	private static final int KEY_BYTES = 32;

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private static final int HEAD_BYTES = 1 + Integer.BYTES + NONCE_BYTES;

	private static final SecureRandom random = new SecureRandom();

	private final Map<Integer, SecretKey> keys = new LinkedHashMap<>();

	private final int first;

	/**
	 * Reads the keys.
	 * @param keys 32 bytes in base 64 each, at least one; the first encrypts
	 */
	public SessionKeys(List<String> keys) {
		keys.stream().map(SessionKeys::read).forEach((key) -> this.keys.putIfAbsent(id(key), key));
		if (this.keys.isEmpty()) {
			throw new IllegalArgumentException("keys: none (expected: at least one)");
		}
		this.first = this.keys.keySet().iterator().next();
	}

	private static SecretKey read(String key) {
		byte[] bytes = new byte[0];
		try {
			bytes = Base64.getDecoder().decode(key.strip());
		}
		catch (IllegalArgumentException ex) {
			// Said below, without the key.
		}
		if (bytes.length != KEY_BYTES) {
			throw new IllegalArgumentException(
					"keys: %d bytes (expected: 32 random bytes in base 64, as openssl rand -base64 32 prints them)"
						.formatted(bytes.length));
		}
		return new SecretKeySpec(bytes, "AES");
	}

	private static int id(SecretKey key) {
		try {
			return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key.getEncoded())).getInt();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Encrypts.
	 * @param name what it is kept under; it opens under no other name
	 * @param content anything
	 * @return the sealed content
	 */
	byte[] seal(String name, byte[] content) {
		byte[] nonce = new byte[NONCE_BYTES];
		random.nextBytes(nonce);
		byte[] head = ByteBuffer.allocate(HEAD_BYTES).put(VERSION).putInt(this.first).put(nonce).array();
		try {
			Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key(this.first), nonce, name);
			byte[] body = cipher.doFinal(content);
			return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Decrypts.
	 * @param name what it was kept under
	 * @param sealed what {@link #seal} returned, here or on another node
	 * @return empty when no key fits, or when it was kept under another name or changed
	 */
	Optional<byte[]> open(String name, byte[] sealed) {
		if (sealed.length < HEAD_BYTES || sealed[0] != VERSION) {
			return Optional.empty();
		}
		ByteBuffer buffer = ByteBuffer.wrap(sealed, 1, HEAD_BYTES - 1);
		int id = buffer.getInt();
		byte[] nonce = new byte[NONCE_BYTES];
		buffer.get(nonce);
		if (!this.keys.containsKey(id)) {
			return Optional.empty();
		}
		try {
			Cipher cipher = cipher(Cipher.DECRYPT_MODE, key(id), nonce, name);
			return Optional.of(cipher.doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES));
		}
		catch (GeneralSecurityException ex) {
			return Optional.empty();
		}
	}

	private SecretKey key(int id) {
		return Objects.requireNonNull(this.keys.get(id));
	}

	private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String name) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance(CIPHER);
		cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

}

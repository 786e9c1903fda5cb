package dev.pergola.bff.limits;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Names a bucket.
 *
 * @param name whose it is, empty for everybody's
 * @param module at which, empty for all
 */
record BucketKey(LimitKind kind, String name, String module) {

	private static final int BYTES = 18;

	/** The same for other processes: short, and nobody's name can be read in it. */
	String digest() {
		try {
			MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
			String whole = this.kind.label() + "\n" + this.module + "\n" + this.name;
			byte[] digest = sha256.digest(whole.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

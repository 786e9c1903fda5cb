package dev.pergola.manifests.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Which of 10,000 equal buckets a person falls in, for one module. */
final class Bucket {

	/** How many there are: one for each hundredth of a percent. */
	static final int COUNT = 10_000;

	/**
	 * Never fed: a copy costs half of what a new one does, and a person has thousands.
	 */
	private static final MessageDigest EMPTY = create();

	private Bucket() {
	}

	/**
	 * Pure and uniform in each argument: the same everywhere and for ever, and
	 * independent between modules.
	 * @return 0 to 9,999
	 */
	static int of(String module, String salt, String subject) {
		// Module and salt hold no line feed, so no two triples give the same text.
		byte[] text = (module + '\n' + salt + '\n' + subject).getBytes(StandardCharsets.UTF_8);
		long hash = ByteBuffer.wrap(sha256().digest(text)).getLong();
		// The high half of the product is uniform; a remainder would favour low buckets.
		return (int) Math.unsignedMultiplyHigh(hash, COUNT);
	}

	private static MessageDigest sha256() {
		try {
			return (MessageDigest) EMPTY.clone();
		}
		catch (CloneNotSupportedException ex) {
			return create();
		}
	}

	private static MessageDigest create() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
		}
	}

}

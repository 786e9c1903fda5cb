package dev.pergola.bff.runlog;

import java.nio.charset.StandardCharsets;

/**
 * Names a run among all: whose it is, and what they called it.
 *
 * @param owner tells a person at one tenant from everybody else
 * @param runId chosen by that person's client
 */
public record RunName(String owner, String runId) {

	private static final int LENGTH = 32;

	/** The name without anybody's: 32 hexadecimal digits. */
	public String digest() {
		// The length keeps an owner that ends where another's run id begins apart.
		return digest(this.owner.length() + "\n" + this.owner + "\n" + this.runId);
	}

	/** The same for the owner alone. */
	public String ownerDigest() {
		return digest(this.owner);
	}

	private static String digest(String text) {
		return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, LENGTH);
	}

}

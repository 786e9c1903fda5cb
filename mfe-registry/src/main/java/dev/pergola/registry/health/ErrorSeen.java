package dev.pergola.registry.health;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An error of a version as its owner sees it. Which people met it is not known.
 *
 * @param reason {@code slow}, {@code missing}, {@code changed} or {@code threw}
 * @param message without query strings, 300 characters at most
 * @param stack without query strings, 2,000 characters at most
 * @param page id of the page, {@code null} in a slot
 * @param browser {@code chromium}, {@code firefox}, {@code safari} or {@code other}
 * @param id what the person saw of it
 */
record ErrorSeen(String module, String version, String reason, String message, @Nullable String stack,
		@Nullable String page, String browser, @Nullable String id, boolean byPerson) {

	private static final Set<String> REASONS = Set.of("slow", "missing", "changed", "threw");

	static ErrorSeen of(String module, String version, ReportRequest.Problem problem, String browser) {
		String reason = problem.reason();
		String message = cut(problem.message(), 300);
		return new ErrorSeen(module, version, (reason != null && REASONS.contains(reason)) ? reason : "threw",
				(message != null) ? message : "", cut(problem.stack(), 2000), cut(problem.page(), 64), browser,
				cut(problem.id(), 16), problem.byPerson());
	}

	/** Family of a browser; which one exactly would be a step towards who. */
	static String browser(@Nullable String userAgent) {
		String agent = (userAgent != null) ? userAgent : "";
		if (agent.contains("Firefox/")) {
			return "firefox";
		}
		if (agent.contains("Chrome/")) {
			return "chromium";
		}
		return agent.contains("Safari/") ? "safari" : "other";
	}

	/**
	 * The same for errors that are the same: of one reason and message, thrown from one
	 * place.
	 * @return 32 hexadecimal digits
	 */
	String fingerprint() {
		String place = (this.stack != null) ? this.stack.lines().limit(4).reduce("", String::concat) : "";
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest((this.reason + '\n' + this.message + '\n' + place).getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest).substring(0, 32);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Browsers take query strings out; this is for what is not ours. */
	private static @Nullable String cut(@Nullable String text, int most) {
		if (text == null) {
			return null;
		}
		// PostgreSQL keeps no NUL.
		String clean = text.replaceAll("[?#][^\\s)'\":]+", "").replace("\u0000", "");
		return (clean.length() > most) ? clean.substring(0, most) : clean;
	}

}

package dev.pergola.bff.metrics;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** What became of a call. */
public enum Outcome {

	/** An answer below 400. */
	OK,
	/** An upstream's 4xx. */
	CLIENT_ERROR,
	/** Answered here, without the upstream. */
	REFUSED,
	/** The upstream's 5xx, or no whole answer of it. */
	UPSTREAM_ERROR,
	/** The upstream took too long. */
	TIMEOUT,
	/** The client left first, as it does with most streams. */
	CANCELLED,
	/** A fault of ours. */
	FAILED;

	private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

	/** Name as it stands in tags and in logs. */
	public String label() {
		return this.label;
	}

	/**
	 * The outcome behind an answer.
	 * @param status of HTTP
	 * @param problem type of the problem that was answered here, {@code null} for none
	 */
	public static Outcome of(int status, @Nullable String problem) {
		if (problem == null) {
			return (status < 400) ? OK : (status < 500) ? CLIENT_ERROR : UPSTREAM_ERROR;
		}
		return switch (problem) {
			case "upstream-timeout" -> TIMEOUT;
			case "internal" -> FAILED;
			// What is not called because it fails has not stopped failing.
			case "circuit-open", "address-refused", "module-broken", "view-part-failed", "registry-unavailable" ->
				UPSTREAM_ERROR;
			default -> problem.startsWith("upstream-") ? UPSTREAM_ERROR : REFUSED;
		};
	}

}

package dev.pergola.bff.views;

import tools.jackson.databind.JsonNode;

/** What became of a part. */
sealed interface PartResult {

	/** Time it took. */
	long millis();

	/**
	 * It is there.
	 *
	 * @param body as the upstream sent it
	 * @param tree the same, parsed; missing when no other part needs it
	 */
	record Present(PartBody body, JsonNode tree, long millis) implements PartResult {

	}

	/**
	 * It is not there.
	 *
	 * @param status {@code timeout}, {@code unavailable}, {@code limited},
	 * {@code failed}, {@code too-large}, {@code invalid}, {@code disabled} or
	 * {@code skipped} (what it needs is not there)
	 * @param upstreamStatus HTTP status of the upstream, 0 when it gave none
	 * @param retryAfter seconds after which it may be there, 0 where nobody knows
	 */
	record Absent(String status, int upstreamStatus, long millis, int retryAfter) implements PartResult {

		Absent(String status, int upstreamStatus, long millis) {
			this(status, upstreamStatus, millis, 0);
		}

	}

}

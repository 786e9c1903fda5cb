package dev.pergola.bff.views;

/** A part that cannot be had. */
final class PartException extends RuntimeException {

	private final String status;

	private final int upstreamStatus;

	private final int retryAfter;

	PartException(String status, int upstreamStatus) {
		this(status, upstreamStatus, 0);
	}

	/**
	 * A part that cannot be had for a while.
	 * @param retryAfter seconds, 0 where nobody knows
	 */
	PartException(String status, int upstreamStatus, int retryAfter) {
		super(status, null, false, false);
		this.status = status;
		this.upstreamStatus = upstreamStatus;
		this.retryAfter = retryAfter;
	}

	PartResult.Absent result(long millis) {
		return new PartResult.Absent(this.status, this.upstreamStatus, millis, this.retryAfter);
	}

}

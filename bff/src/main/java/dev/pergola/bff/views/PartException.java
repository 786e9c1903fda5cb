package dev.pergola.bff.views;

/** A part that cannot be had. */
final class PartException extends RuntimeException {

	private final String status;

	private final int upstreamStatus;

	PartException(String status, int upstreamStatus) {
		super(status, null, false, false);
		this.status = status;
		this.upstreamStatus = upstreamStatus;
	}

	PartResult.Absent result(long millis) {
		return new PartResult.Absent(this.status, this.upstreamStatus, millis);
	}

}

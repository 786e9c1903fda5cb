package dev.pergola.bff.direct;

import dev.pergola.bff.streams.ServiceStreams;

/** What ends a stream before its content does: its age, or the end of the session. */
final class StreamEnd {

	private final CallParts parts;

	private final String sessionId;

	private final ServiceStreams.Place place;

	private long checkedAt = System.nanoTime();

	private StreamEnd(CallParts parts, String sessionId, ServiceStreams.Place place) {
		this.parts = parts;
		this.sessionId = sessionId;
		this.place = place;
	}

	/**
	 * Takes a place for a stream.
	 * @throws dev.pergola.bff.problem.BffException when the person has none left
	 */
	static StreamEnd of(DirectCall call, CallParts parts) {
		return new StreamEnd(parts, call.sessionId(), parts.streams().take(call.person()));
	}

	/**
	 * Whether the stream has to end.
	 * @param now as {@link System#nanoTime()} has it
	 */
	boolean isDue(long now) {
		if (this.place.isOver(now)) {
			return true;
		}
		if (now - this.checkedAt <= this.parts.sessionCheck().toNanos()) {
			return false;
		}
		this.checkedAt = now;
		return !this.parts.sessions().isOpen(this.sessionId);
	}

	void giveBack() {
		this.place.giveBack();
	}

}

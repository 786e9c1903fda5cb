package dev.pergola.bff.streams;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * Times and ends of one stream. Each has its own, so that not all beat, or come back, at
 * once.
 *
 * @param beat ticks between heartbeats
 * @param look ticks between looks whether its session goes on
 * @param age ticks until it ends
 * @param end ticks a client has to take what is said last
 * @param retry time after which the client comes back
 */
record StreamPlan(Ending ending, int beat, int look, int age, int end, Duration retry) {

	private static final byte[] OPENING = SseFrames.comment(" pergola");

	static StreamPlan of(StreamProperties properties, Ending ending) {
		return new StreamPlan(ending, OpenStreams.ticks(spread(properties.heartbeat(), 0.1)),
				OpenStreams.ticks(properties.sessionCheck()), OpenStreams.ticks(spread(properties.maxAge(), 0.1)),
				OpenStreams.ticks(properties.endTimeout()), spread(properties.retry(), 0.5));
	}

	/** What it begins with. */
	byte[] opening() {
		return isCut() ? OPENING : opening(this.retry);
	}

	/** The same of a stream that is over with it. */
	static byte[] opening(Duration retry) {
		byte[] farewell = SseFrames.retry(retry);
		byte[] both = new byte[OPENING.length + farewell.length];
		System.arraycopy(OPENING, 0, both, 0, OPENING.length);
		System.arraycopy(farewell, 0, both, OPENING.length, farewell.length);
		return both;
	}

	/** Its last frame when it ends before its content, {@code null} for none. */
	byte @Nullable [] farewell() {
		return isCut() ? null : SseFrames.retry(this.retry);
	}

	/** Whether it is cut when it ends before its content. */
	boolean isCut() {
		return this.ending == Ending.ABORT;
	}

	/** A time, give or take a share of it. */
	static Duration spread(Duration duration, double share) {
		double factor = 1 + share * (2 * ThreadLocalRandom.current().nextDouble() - 1);
		return Duration.ofMillis(Math.max(1, Math.round(duration.toMillis() * factor)));
	}

}

package dev.pergola.bff.streams;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** Streams that are open, and the one clock all of them go by. */
final class OpenStreams {

	/** How fine times are. */
	static final Duration TICK = Duration.ofMillis(100);

	private static final Logger log = LoggerFactory.getLogger(OpenStreams.class);

	private final Set<OpenStream<?, ?>> streams = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	private volatile int now;

	// Guarded by this.
	private @Nullable Disposable clock;

	/** Ticks in a time, at least one. */
	static int ticks(Duration time) {
		return (int) Math.clamp(time.dividedBy(TICK), 1, Integer.MAX_VALUE / 2);
	}

	/** Takes one more. */
	void add(OpenStream<?, ?> stream) {
		synchronized (this) {
			stream.schedule(this.now);
			this.streams.add(stream);
			if (this.clock == null) {
				this.clock = Schedulers.parallel()
					.schedulePeriodically(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		if (this.closed) {
			stream.end(OpenStream.Cause.TIME);
		}
	}

	/** Lets one go, which may be gone already. */
	void remove(OpenStream<?, ?> stream) {
		this.streams.remove(stream);
	}

	/** Ends all there are, and all that come. */
	void close() {
		this.closed = true;
		this.streams.forEach((stream) -> stream.end(OpenStream.Cause.TIME));
	}

	boolean isClosed() {
		return this.closed;
	}

	private void tick() {
		int time = this.now + 1;
		this.now = time;
		for (OpenStream<?, ?> stream : this.streams) {
			try {
				stream.tick(time);
			}
			catch (RuntimeException ex) {
				// The clock of all others goes on.
				log.warn("stream: no tick", ex);
			}
		}
		stopWithoutStreams();
	}

	// By the clock itself: from elsewhere it would be interrupted in the middle of a
	// tick.
	private synchronized void stopWithoutStreams() {
		if (this.streams.isEmpty() && this.clock != null) {
			this.clock.dispose();
			this.clock = null;
		}
	}

}

package dev.pergola.registry.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that a test sets. It starts so late that no registry with a real clock over the
 * same database finds anything due.
 */
public final class SetClock extends Clock {

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2100-03-01T12:00:00Z"));

	public void advance(Duration time) {
		this.now.updateAndGet((instant) -> instant.plus(time));
	}

	@Override
	public Instant instant() {
		return this.now.get();
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

}

package dev.pergola.bff.resilience;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/** Time that passes when a test says so. */
final class TestTime extends Clock implements LongSupplier {

	private Duration passed = Duration.ofDays(1);

	private @Nullable Runnable event;

	void pass(Duration time) {
		this.passed = this.passed.plus(time);
	}

	/**
	 * Something that happens in another thread right before the next look at the time.
	 */
	void whenAsked(Runnable event) {
		this.event = event;
	}

	@Override
	public long getAsLong() {
		Runnable now = this.event;
		this.event = null;
		if (now != null) {
			now.run();
		}
		return this.passed.toNanos();
	}

	@Override
	public Instant instant() {
		return Instant.EPOCH.plus(this.passed);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}

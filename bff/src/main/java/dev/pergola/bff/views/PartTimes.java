package dev.pergola.bff.views;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * How long services take for parts: tells a call that is slow for its service from one
 * that is not.
 */
final class PartTimes {

	private static final long MAX_MILLIS = 60_000;

	private final ViewProperties.Hedge settings;

	private final Map<String, OfModule> modules = new ConcurrentHashMap<>();

	PartTimes(ViewProperties.Hedge settings) {
		this.settings = settings;
	}

	/** A service gave an answer after this time. */
	void record(String module, long nanos) {
		if (this.settings.enabled()) {
			this.modules.computeIfAbsent(module, (name) -> new OfModule()).record(TimeUnit.NANOSECONDS.toMillis(nanos));
		}
	}

	/**
	 * Time after which an answer is late enough to ask again.
	 * @param patience time there is for the answer
	 * @return at least a millisecond; empty until enough calls were made, and when a
	 * second call would not be answered in time either
	 */
	Optional<Duration> late(String module, Duration patience) {
		OfModule times = this.modules.get(module);
		long millis = (times != null) ? times.late : 0;
		return (millis > 0 && 2 * millis <= patience.toMillis()) ? Optional.of(Duration.ofMillis(millis))
				: Optional.empty();
	}

	/** What was measured since the last look, and what that look said. */
	private final class OfModule {

		private final Histogram latest = new Histogram(MAX_MILLIS, 2);

		private volatile long late;

		synchronized void record(long millis) {
			this.latest.recordValue(Math.min(millis, MAX_MILLIS));
			if (this.latest.getTotalCount() >= PartTimes.this.settings.minCalls()) {
				this.late = Math.max(1, this.latest.getValueAtPercentile(PartTimes.this.settings.percentile()));
				this.latest.reset();
			}
		}

	}

}

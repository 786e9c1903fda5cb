package dev.pergola.registry.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failed attempts of each address in the running minute. Remembers a bounded
 * number of addresses; the one that failed longest ago is forgotten first.
 */
final class FailureLimit {

	private static final int MAX_ADDRESSES = 10_000;

	private static final Duration WINDOW = Duration.ofMinutes(1);

	private final int perMinute;

	private final Clock clock;

	private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
			return size() > MAX_ADDRESSES;
		}
	};

	FailureLimit(int perMinute, Clock clock) {
		this.perMinute = perMinute;
		this.clock = clock;
	}

	/**
	 * Counts a failure.
	 * @return whether the address is past its limit now
	 */
	synchronized boolean isPast(String address) {
		Instant now = this.clock.instant();
		Window window = this.windows.get(address);
		Window next = (window == null || !now.isBefore(window.start().plus(WINDOW))) ? new Window(now, 1)
				: new Window(window.start(), window.failures() + 1);
		this.windows.put(address, next);
		return next.failures() > this.perMinute;
	}

	private record Window(Instant start, int failures) {

	}

}

package dev.pergola.registry.health;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much one person may report in a minute. Remembers a bounded number of people; the
 * one who reported longest ago is forgotten first. Nothing of it is kept.
 */
final class ReportLimit {

	private static final int MAX_PEOPLE = 50_000;

	private static final int MAX_VERSIONS = 1000;

	private final int reports;

	private final int loads;

	private final Clock clock;

	private final Map<String, Minute> minutes = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Minute> eldest) {
			return size() > MAX_PEOPLE;
		}
	};

	ReportLimit(HealthProperties properties, Clock clock) {
		this.reports = properties.reportsPerMinute();
		this.loads = properties.loadsPerMinute();
		this.clock = clock;
	}

	/** Counts a report; {@link TooManyReportsException} when it is one too many. */
	synchronized void report(String person) {
		if (++minute(person).reports > this.reports) {
			throw new TooManyReportsException();
		}
	}

	/**
	 * Counts loads of a version.
	 * @return whether they may count
	 */
	synchronized boolean loads(String person, String version, int count) {
		Map<String, Integer> versions = minute(person).loads;
		int before = versions.getOrDefault(version, 0);
		if (before + count > this.loads || versions.size() >= MAX_VERSIONS) {
			return false;
		}
		versions.put(version, before + count);
		return true;
	}

	private Minute minute(String person) {
		long now = this.clock.instant().truncatedTo(ChronoUnit.MINUTES).getEpochSecond();
		return this.minutes.compute(person,
				(key, before) -> (before != null && before.start == now) ? before : new Minute(now));
	}

	private static final class Minute {

		private final long start;

		private final Map<String, Integer> loads = new LinkedHashMap<>();

		private int reports;

		private Minute(long start) {
			this.start = start;
		}

	}

}

package dev.pergola.registry.health;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.registry.module.VersionStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Takes reports of browsers. What cannot be true is dropped and counted, for a browser
 * can do nothing about it.
 */
public final class Reports {

	private static final int MAX_KNOWN = 10_000;

	private static final int MAX_PROBLEMS = 10;

	private final HealthCounters counters;

	private final VersionStore versions;

	private final HealthProperties properties;

	private final ReportLimit limit;

	private final MeterRegistry meters;

	private final Map<String, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > MAX_KNOWN;
		}
	};

	public Reports(HealthCounters counters, VersionStore versions, HealthProperties properties, Clock clock,
			MeterRegistry meters) {
		this.counters = counters;
		this.versions = versions;
		this.properties = properties;
		this.limit = new ReportLimit(properties, clock);
		this.meters = meters;
	}

	/**
	 * Counts a report; {@link TooManyReportsException} when the person told enough.
	 * @param person subject, to limit how much one counts; not kept
	 */
	void take(String person, ReportRequest report, String browser) {
		List<ReportRequest.@Nullable Item> items = (report.items() != null) ? report.items() : List.of();
		int taken = Math.min(items.size(), this.properties.maxItems());
		drop("items", items.size() - taken);
		items.subList(0, taken).forEach((item) -> take(person, item, browser));
	}

	/** Counts a report of a person, before it is read. */
	void admit(String person) {
		try {
			this.limit.report(person);
		}
		catch (TooManyReportsException ex) {
			drop("person", 1);
			throw ex;
		}
	}

	private void take(String person, ReportRequest.@Nullable Item item, String browser) {
		if (item == null || item.module() == null || item.version() == null || !item.isPossible()) {
			drop("impossible", 1);
		}
		else if (!isKnown(item.module(), item.version())) {
			drop("unknown", 1);
		}
		else {
			count(person, item.module(), item.version(), item, browser);
		}
	}

	private void count(String person, String module, String version, ReportRequest.Item item, String browser) {
		if (this.limit.loads(person, module + ' ' + version, Math.max(item.loads(), item.errors()))) {
			this.counters.add(module, version, item.counts());
		}
		else {
			drop("loads", 1);
		}
		List<ReportRequest.@Nullable Problem> problems = (item.problems() != null) ? item.problems() : List.of();
		problems.stream().limit(MAX_PROBLEMS).forEach((problem) -> {
			if (problem != null) {
				this.counters.add(ErrorSeen.of(module, version, problem, browser));
			}
		});
	}

	/** A version that is there stays. */
	private boolean isKnown(String module, String version) {
		String key = module + ' ' + version;
		synchronized (this.known) {
			if (this.known.containsKey(key)) {
				return true;
			}
		}
		boolean found = this.versions.find(module, version).isPresent();
		if (found) {
			synchronized (this.known) {
				this.known.put(key, true);
			}
		}
		return found;
	}

	private void drop(String why, int count) {
		if (count > 0) {
			this.meters.counter("pergola.registry.reports.dropped", "why", why).increment(count);
		}
	}

}

package dev.pergola.bench.streams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.bench.Portal;
import dev.pergola.bench.Table;

import org.springframework.boot.convert.DurationStyle;

/**
 * Runs that come and go for a long time while the portal's memory is watched:
 * `-Dbench.soak=1h`.
 */
final class Soak {

	private static final Duration TIME = DurationStyle.detectAndParse(System.getProperty("bench.soak", "0s"));

	private static final int RUNS = 100;

	/** What the last quarter may be larger than the second. */
	private static final double GROWTH = 1.1;

	private final Portal portal;

	private final Way way;

	private final Table table;

	Soak(Portal portal, Way way, Table table) {
		this.portal = portal;
		this.way = way;
		this.table = table;
	}

	/** Whether memory stayed flat; at once where no time is set. */
	boolean run() throws InterruptedException {
		if (TIME.isZero()) {
			return true;
		}
		List<Long> resident = new ArrayList<>();
		long end = System.nanoTime() + TIME.toNanos();
		while (System.nanoTime() < end || resident.size() < 8) {
			try (OpenStreams streams = new OpenStreams(this.way, RUNS, 2, Duration.ofMillis(5))) {
				streams.delays(Duration.ofSeconds(5));
			}
			resident.add(this.portal.residentMib());
		}
		double second = average(resident, 1);
		double last = average(resident, 3);
		this.table.note("soak of %s: %,d runs; resident %.0f MiB in the second quarter, %.0f MiB in the last"
			.formatted(TIME, resident.size() * RUNS, second, last));
		this.table.add("soak: resident in the last quarter, times the second", last / second, GROWTH);
		return last <= second * GROWTH;
	}

	private static double average(List<Long> resident, int quarter) {
		int size = resident.size() / 4;
		return resident.subList(quarter * size, (quarter + 1) * size)
			.stream()
			.mapToLong(Long::longValue)
			.average()
			.orElse(Double.NaN);
	}

}

package dev.pergola.registry.health;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST …/reports}, not checked yet.
 *
 * @param items one for each version of a module that was seen
 */
record ReportRequest(@Nullable List<@Nullable Item> items) {

	private static final int MOST = 200;

	private static final double LONGEST = 600_000;

	/**
	 * What a browser measured of one version.
	 *
	 * @param loads tries to show it, 0 to 200
	 * @param failures of them, how many failed
	 * @param errors how many loads threw later, of these or earlier ones
	 * @param cls without unit
	 */
	record Item(@Nullable String module, @Nullable String version, int loads, int failures, int errors,
			@Nullable List<@Nullable Double> mountMillis, @Nullable List<@Nullable Double> lcpMillis,
			@Nullable List<@Nullable Double> inpMillis, @Nullable List<@Nullable Double> cls,
			@Nullable List<@Nullable Problem> problems) {

		/** Whether a browser of the portal can have measured this. */
		boolean isPossible() {
			return this.module != null && this.version != null && isCount(this.loads) && isCount(this.failures)
					&& isCount(this.errors) && this.failures <= this.loads && isMeasured(this.mountMillis, LONGEST)
					&& isMeasured(this.lcpMillis, LONGEST) && isMeasured(this.inpMillis, LONGEST)
					&& isMeasured(this.cls, 1000);
		}

		/** Only when it {@link #isPossible}. */
		Counts counts() {
			return new Counts(this.loads, this.failures, this.errors, histogram(this.mountMillis, 1),
					histogram(this.lcpMillis, 1), histogram(this.inpMillis, 1), histogram(this.cls, 1000));
		}

		private static boolean isCount(int count) {
			return count >= 0 && count <= MOST;
		}

		private static boolean isMeasured(@Nullable List<@Nullable Double> values, double most) {
			return values == null || values.size() <= MOST
					&& values.stream().allMatch((value) -> value != null && value >= 0 && value <= most);
		}

		private static Histogram histogram(@Nullable List<@Nullable Double> values, int units) {
			Histogram histogram = Histogram.EMPTY;
			for (Double value : (values != null) ? values : List.<@Nullable Double>of()) {
				histogram = (value != null) ? histogram.with(Math.round(value * units)) : histogram;
			}
			return histogram;
		}

	}

	/**
	 * A failure or an error.
	 *
	 * @param id what the person saw of it
	 * @param reason {@code slow}, {@code missing}, {@code changed} or {@code threw}
	 * @param page id of the page, absent in a slot
	 * @param byPerson whether somebody pressed Report; the same is then told a second
	 * time
	 */
	record Problem(@Nullable String id, @Nullable String reason, @Nullable String message, @Nullable String stack,
			@Nullable String page, boolean byPerson) {

	}

}

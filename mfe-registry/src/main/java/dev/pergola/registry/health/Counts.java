package dev.pergola.registry.health;

/**
 * What was measured of a version of a module in some time.
 *
 * @param loads tries to show it in a place
 * @param failures loads that ended without it
 * @param errors loads that threw after it was there
 * @param mount time from being asked for to being there, milliseconds
 * @param lcp largest contentful paint of its pages, milliseconds
 * @param inp interaction to next paint on its pages, milliseconds
 * @param cls cumulative layout shift of its pages, thousandths
 */
public record Counts(long loads, long failures, long errors, Histogram mount, Histogram lcp, Histogram inp,
		Histogram cls) {

	/** Nothing was measured. */
	public static final Counts NONE = new Counts(0, 0, 0, Histogram.EMPTY, Histogram.EMPTY, Histogram.EMPTY,
			Histogram.EMPTY);

	/** What both measured. */
	public Counts plus(Counts other) {
		return new Counts(this.loads + other.loads, this.failures + other.failures, this.errors + other.errors,
				this.mount.plus(other.mount), this.lcp.plus(other.lcp), this.inp.plus(other.inp),
				this.cls.plus(other.cls));
	}

	/**
	 * Loads that failed or threw. An error may come minutes after its load; there are
	 * never more bad loads than loads.
	 */
	public long bad() {
		return Math.min(this.loads, this.failures + this.errors);
	}

	/**
	 * Share of loads that failed or threw.
	 * @return 0 to 1; 0 without loads
	 */
	public double errorRate() {
		return (this.loads == 0) ? 0 : (double) bad() / this.loads;
	}

}

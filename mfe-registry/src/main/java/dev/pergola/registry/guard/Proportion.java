package dev.pergola.registry.guard;

/**
 * How many of how many.
 *
 * @param hits 0 to {@code of}
 * @param of above zero
 */
record Proportion(long hits, long of) {

	/** One-sided 99 %. */
	private static final double Z = 2.326;

	double value() {
		return (double) this.hits / this.of;
	}

	/**
	 * Whether this is higher than another, and not by accident: the lower end of the
	 * interval of the difference (Newcombe 1998, method 10, from two Wilson intervals) is
	 * above zero.
	 */
	boolean isHigherThan(Proportion other) {
		double difference = value() - other.value();
		double below = value() - wilson(-1);
		double above = other.wilson(1) - other.value();
		return difference - Math.sqrt(below * below + above * above) > 0;
	}

	/** An end of the Wilson score interval; -1 is the lower, 1 the upper. */
	private double wilson(int end) {
		double z2 = Z * Z;
		double p = value();
		double half = Z * Math.sqrt(p * (1 - p) / this.of + z2 / (4.0 * this.of * this.of));
		return (p + z2 / (2.0 * this.of) + end * half) / (1 + z2 / this.of);
	}

}

package dev.pergola.registry.health;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@Tag("registry-12")
class HistogramTests {

	@Test
	void knowsThePercentileToNinePercent() {
		for (long value : new long[] { 1, 2, 3, 100, 999, 60_000 }) {
			assertThat(Histogram.EMPTY.with(value).p75()).isGreaterThanOrEqualTo(value - 1e-6)
				.isCloseTo(value, within(value * 0.1));
		}
		assertThat(Histogram.EMPTY.with(0).p75()).isZero();
		assertThat(Histogram.EMPTY.p75()).isZero();
	}

	@Test
	void threeQuartersDoNotExceedThePercentile() {
		Histogram histogram = Histogram.EMPTY;
		for (long value = 1; value <= 1000; value++) {
			histogram = histogram.with(value);
		}
		assertThat(histogram.p75()).isBetween(750.0, 820.0);
		assertThat(histogram.above(histogram.p75())).isBetween(150L, 250L);
	}

	@Test
	void addsUpAndIsReadBack() {
		Histogram sum = Histogram.EMPTY.with(0).with(7).plus(Histogram.EMPTY.with(7).with(90));
		assertThat(sum.size()).isEqualTo(4);
		assertThat(Histogram.parse(sum.text())).isEqualTo(sum);
		assertThat(Histogram.parse(Histogram.EMPTY.text())).isEqualTo(Histogram.EMPTY);
	}

	@Test
	void nothingIsAboveItsOwnStep() {
		for (long value = 0; value < 5000; value++) {
			Histogram histogram = Histogram.EMPTY.with(value);
			assertThat(histogram.above(histogram.p75())).as("%d", value).isZero();
		}
	}

}

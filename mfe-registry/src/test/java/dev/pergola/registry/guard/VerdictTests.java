package dev.pergola.registry.guard;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import dev.pergola.registry.guard.Verdict.Kind;
import dev.pergola.registry.health.Counts;
import dev.pergola.registry.health.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("registry-12")
class VerdictTests {

	private static final GuardRules RULES = new GuardRules(true, BigDecimal.valueOf(2), new BigDecimal("1.3"), null,
			null, 100, Duration.ofMinutes(10), List.of(), Duration.ofMinutes(30));

	@Test
	void waitsUntilBothHaveEnoughLoads() {
		assertThat(verdict(counts(99, 99), counts(1000, 0)).kind()).isEqualTo(Kind.WAITING);
		assertThat(verdict(counts(1000, 1000), counts(99, 0)).kind()).isEqualTo(Kind.WAITING);
		assertThat(verdict(Counts.NONE, Counts.NONE).kind()).isEqualTo(Kind.WAITING);
	}

	@Test
	void aVersionThatAlwaysFailsIsPastTheLimit() {
		Verdict verdict = verdict(counts(100, 100), counts(100, 0));
		assertThat(verdict.kind()).isEqualTo(Kind.PAST);
		assertThat(verdict.text()).isEqualTo("1.1.0 failed or threw in 100 of 100 loads (100 %), "
				+ "1.0.0 in 0 of 100 loads (0 %): more than 2 points above");
	}

	@Test
	void whatBothDoIsNotTheNewerOnesFault() {
		assertThat(verdict(counts(1000, 300), counts(1000, 290)).kind()).isEqualTo(Kind.HEALTHY);
	}

	@Test
	void aDifferenceBelowTheLimitIsHealthyHoweverSureItIs() {
		assertThat(verdict(counts(1_000_000, 30_000), counts(1_000_000, 15_000)).kind()).isEqualTo(Kind.HEALTHY);
	}

	@Test
	void aDifferenceThatMayBeAnAccidentIsHealthy() {
		assertThat(verdict(counts(100, 4), counts(100, 1)).kind()).isEqualTo(Kind.HEALTHY);
		assertThat(verdict(counts(1000, 40), counts(1000, 10)).kind()).isEqualTo(Kind.PAST);
	}

	@Test
	void aBetterVersionIsHealthy() {
		assertThat(verdict(counts(1000, 0), counts(1000, 300)).kind()).isEqualTo(Kind.HEALTHY);
	}

	@Test
	void aSlowerVersionIsPastTheLimit() {
		Verdict verdict = verdict(painted(200, 2000), painted(200, 1000));
		assertThat(verdict.kind()).isEqualTo(Kind.PAST);
		assertThat(verdict.text()).contains("LCP p75");
		assertThat(verdict(painted(200, 1200), painted(200, 1000)).kind()).isEqualTo(Kind.HEALTHY);
		assertThat(verdict(painted(99, 9000), painted(200, 1000)).kind()).isEqualTo(Kind.HEALTHY);
	}

	private static Verdict verdict(Counts newer, Counts older) {
		return Verdict.of(RULES, "1.1.0", newer, "1.0.0", older);
	}

	private static Counts counts(long loads, long failures) {
		return new Counts(loads, failures, 0, Histogram.EMPTY, Histogram.EMPTY, Histogram.EMPTY, Histogram.EMPTY);
	}

	private static Counts painted(int times, long millis) {
		Histogram lcp = Histogram.EMPTY;
		for (int time = 0; time < times; time++) {
			lcp = lcp.with(millis + time % 10);
		}
		return new Counts(200, 0, 0, Histogram.EMPTY, lcp, Histogram.EMPTY, Histogram.EMPTY);
	}

}

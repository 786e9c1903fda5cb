package dev.pergola.bff.resilience;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("bff-19")
class AdaptiveLimitTests {

	private final TestTime time = new TestTime();

	private final AdaptiveLimit limit = limit(true);

	@Test
	void growsWhileAnswersTakeNoLonger() {
		rounds(this.limit, 200, Duration.ofMillis(10));
		assertThat(this.limit.limit()).isGreaterThan(150);
	}

	@Test
	void shrinksWhenAnswersTakeLongerAndNeverBelowTheMinimum() {
		rounds(this.limit, 100, Duration.ofMillis(10));
		int before = this.limit.limit();
		rounds(this.limit, 10, Duration.ofMillis(200));
		assertThat(this.limit.limit()).isLessThan(before / 2);
		rounds(this.limit, 50, Duration.ofSeconds(2));
		assertThat(this.limit.limit()).isGreaterThanOrEqualTo(20);
	}

	@Test
	void aSlowCallAmongMostFastOnesChangesNothing() {
		rounds(this.limit, 50, Duration.ofMillis(10));
		int before = this.limit.limit();
		for (int round = 0; round < 20; round++) {
			for (int i = 0; i < 99; i++) {
				this.limit.sample(Duration.ofMillis(10).toNanos());
			}
			this.limit.sample(Duration.ofSeconds(1).toNanos());
			rounds(this.limit, 1, Duration.ofMillis(10));
		}
		assertThat(this.limit.limit()).isGreaterThanOrEqualTo(before);
	}

	@Test
	void takesNoMoreThanItAllows() {
		int entered = 0;
		while (this.limit.tryEnter()) {
			entered++;
		}
		assertThat(entered).isEqualTo(100);
		this.limit.leave();
		assertThat(this.limit.tryEnter()).isTrue();
		assertThat(this.limit.inFlight()).isEqualTo(100);
	}

	@Test
	void staysWhereItIsWhenItDoesNotAdapt() {
		AdaptiveLimit fixed = limit(false);
		rounds(fixed, 20, Duration.ofSeconds(1));
		assertThat(fixed.limit()).isEqualTo(500);
	}

	private AdaptiveLimit limit(boolean adaptive) {
		return new AdaptiveLimit(new ResilienceProperties.Limit(adaptive, 100, 20, 500), this.time);
	}

	/** As many calls at once as are allowed, all answered after the same time. */
	private void rounds(AdaptiveLimit tested, int rounds, Duration took) {
		for (int round = 0; round < rounds; round++) {
			int entered = 0;
			while (entered < 500 && tested.tryEnter()) {
				entered++;
			}
			this.time.pass(Duration.ofMillis(150));
			for (int i = 0; i < entered; i++) {
				tested.sample(took.toNanos());
				tested.leave();
			}
		}
	}

}

package dev.pergola.bff.resilience;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("bff-18")
class RetryBudgetTests {

	private final TestTime time = new TestTime();

	private final RetryBudget budget = new RetryBudget(
			new ResilienceProperties.Retry(1, Duration.ofMillis(25), 20, 3, Duration.ofSeconds(10)), this.time);

	@Test
	void allowsAFewHoweverFewCallsThereAre() {
		assertThat(take(10)).isEqualTo(3);
	}

	@Test
	void allowsAShareOfManyCalls() {
		for (int i = 0; i < 1000; i++) {
			this.budget.call();
		}
		assertThat(this.budget.left()).isEqualTo(200);
		assertThat(take(1000)).isEqualTo(200);
		assertThat(this.budget.left()).isZero();
	}

	@Test
	void beginsAnewWithEachWindow() {
		take(10);
		this.time.pass(Duration.ofMillis(9999));
		assertThat(take(10)).isZero();
		this.time.pass(Duration.ofMillis(1));
		assertThat(take(10)).isEqualTo(3);
	}

	private int take(int times) {
		int taken = 0;
		for (int i = 0; i < times; i++) {
			taken += this.budget.tryTake() ? 1 : 0;
		}
		return taken;
	}

}

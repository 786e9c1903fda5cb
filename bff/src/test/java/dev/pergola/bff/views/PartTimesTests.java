package dev.pergola.bff.views;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("bff-20")
class PartTimesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final PartTimes times = new PartTimes(new ViewProperties.Hedge(true, 90, 20));

	@Test
	void knowsWhatIsLateAfterEnoughCalls() {
		record(19, 10);
		assertThat(this.times.late("deals", PATIENCE)).isEmpty();
		record(1, 500);
		assertThat(this.times.late("deals", PATIENCE)).contains(Duration.ofMillis(10));
		assertThat(this.times.late("people", PATIENCE)).isEmpty();
	}

	@Test
	void asksOnlyOnceWhenNoTimeIsLeft() {
		record(20, 100);
		assertThat(this.times.late("deals", Duration.ofMillis(200))).isPresent();
		assertThat(this.times.late("deals", Duration.ofMillis(199))).isEmpty();
	}

	@Test
	void followsAServiceThatBecomesSlower() {
		record(20, 10);
		record(20, 100);
		assertThat(this.times.late("deals", PATIENCE)).contains(Duration.ofMillis(100));
	}

	@Test
	void aServiceOfNoTimeAtAllIsLateAfterAMillisecond() {
		record(20, 0);
		assertThat(this.times.late("deals", PATIENCE)).contains(Duration.ofMillis(1));
	}

	@Test
	void knowsNothingWhenItIsSwitchedOff() {
		PartTimes off = new PartTimes(new ViewProperties.Hedge(false, 90, 1));
		off.record("deals", 1);
		assertThat(off.late("deals", PATIENCE)).isEmpty();
	}

	private void record(int calls, long millis) {
		for (int i = 0; i < calls; i++) {
			this.times.record("deals", Duration.ofMillis(millis).toNanos());
		}
	}

}

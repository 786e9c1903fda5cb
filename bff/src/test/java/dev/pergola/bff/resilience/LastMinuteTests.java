package dev.pergola.bff.resilience;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("bff-18")
class LastMinuteTests {

	private final TestTime time = new TestTime();

	private final LastMinute counts = new LastMinute(2, this.time);

	@Test
	void countsEachKindByItself() {
		this.counts.add(1);
		this.counts.add(1);
		assertThat(this.counts.get(0)).isZero();
		assertThat(this.counts.get(1)).isEqualTo(2);
	}

	@Test
	void forgetsWhatIsAMinuteOldAndKeepsWhatIsNot() {
		this.counts.add(0);
		this.time.pass(Duration.ofSeconds(55));
		this.counts.add(0);
		assertThat(this.counts.get(0)).isEqualTo(2);
		this.time.pass(Duration.ofSeconds(5));
		assertThat(this.counts.get(0)).isOne();
		this.counts.add(0);
		assertThat(this.counts.get(0)).isEqualTo(2);
		this.time.pass(Duration.ofDays(1));
		assertThat(this.counts.get(0)).isZero();
	}

	@Test
	void takesTimesBelowZero() {
		LastMinute early = new LastMinute(1, () -> -1);
		early.add(0);
		assertThat(early.get(0)).isOne();
	}

}

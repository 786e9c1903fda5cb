package dev.pergola.bff.agents.operations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SummaryTests {

	@Test
	void tellsHalvesAndNineteenOfTwenty() {
		List<LedgerEntry> runs = new ArrayList<>();
		for (int i = 1; i <= 20; i++) {
			runs.add(Records.run("r-" + i)
				.answered(Records.NOON.plusMillis(i))
				.ended((i <= 5) ? RunState.FAILED : RunState.FINISHED, Records.NOON.plusSeconds(i), null)
				.spent(new Tokens(10, 1)));
		}
		runs.add(Records.ended("stopped", RunState.CANCELLED, Duration.ofSeconds(1)));
		runs.add(Records.run("going"));
		runs.add(Records.run("queued").queuedAt(1));
		Summary now = Summary.of(runs, Records.NOON.plus(Duration.ofMinutes(30)));
		assertThat(now).isEqualTo(new Summary(1, 1, 23, 23, 0.25, 10_000L, 19_000L, 10L, 200, 20));
		Summary later = Summary.of(runs, Records.NOON.plus(Duration.ofHours(2)));
		assertThat(later.runsLastHour()).isZero();
		assertThat(later.runsLastDay()).isEqualTo(23);
		assertThat(Summary.of(runs, Records.NOON.plus(Duration.ofHours(24))).failureShare()).isNull();
	}

	@Test
	void saysNothingOfWhatWasNotMeasured() {
		assertThat(Summary.of(List.of(), Records.NOON))
			.isEqualTo(new Summary(0, 0, 0, 0, null, null, null, null, 0, 0));
		assertThat(Summary.of(List.of(Records.ended("r", RunState.CANCELLED, Duration.ofSeconds(2))), Records.NOON))
			.isEqualTo(new Summary(0, 0, 1, 1, null, 2000L, 2000L, null, 0, 0));
	}

}

package dev.pergola.bff.agents.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.pergola.testing.SettableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryRunLedgerTests {

	private final SettableClock clock = new SettableClock(Records.NOON);

	private final InMemoryRunLedger ledger = new InMemoryRunLedger(3, Duration.ofHours(1), this.clock);

	@Test
	void keepsTheLatestOfEachRunNewestFirst() {
		this.ledger.save(Records.run("a"));
		this.ledger.save(Records.run("b"));
		LedgerEntry ended = Records.ended("a", RunState.FAILED, Duration.ofSeconds(3));
		this.ledger.save(ended);
		assertThat(ids()).containsExactly("b", "a");
		assertThat(this.ledger.find("a")).contains(ended);
		assertThat(this.ledger.find("c")).isEmpty();
	}

	@Test
	void forgetsTheOldestThatIsOverWhenThereAreTooMany() {
		this.ledger.save(Records.run("going"));
		for (String id : List.of("a", "b", "c")) {
			this.ledger.save(Records.ended(id, RunState.FINISHED, Duration.ofSeconds(1)));
		}
		assertThat(ids()).containsExactly("going", "c", "b");
	}

	@Test
	void saysFromWhenOnNothingIsForgotten() {
		assertThat(this.ledger.completeFrom().block()).isEqualTo(Records.NOON);
		Instant later = Records.NOON.plus(Duration.ofMinutes(50));
		this.ledger.save(Records.ended("a", RunState.FINISHED, Duration.ofSeconds(1)));
		this.ledger.save(LedgerEntry.begin(Records.facts("b"), later).ended(RunState.FINISHED, later, null));
		this.clock.set(Records.NOON.plus(Duration.ofMinutes(61)));
		assertThat(ids()).containsExactly("b");
		this.clock.set(later.plus(Duration.ofMinutes(61)));
		assertThat(ids()).isEmpty();
		assertThat(this.ledger.completeFrom().block()).isEqualTo(later);
	}

	private List<String> ids() {
		return this.ledger.newestFirst().map(LedgerEntry::id).collectList().block();
	}

}

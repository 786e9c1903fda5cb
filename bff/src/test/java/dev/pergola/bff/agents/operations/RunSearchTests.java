package dev.pergola.bff.agents.operations;

import java.time.Duration;

import dev.pergola.bff.problem.BffException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RunSearchTests {

	private final LedgerEntry going = Records.run("r-2");

	private final LedgerEntry failed = Records.run("r-1")
		.ended(RunState.FAILED, Records.NOON, new LedgerEntry.Failure("AGENT_EXIT", "It ended with 3."));

	@Test
	void findsByState() {
		assertThat(search("going", "", "", "", "")).accepts(this.going).rejects(this.failed);
		assertThat(search("failed, queued", "", "", "", "")).accepts(this.failed).rejects(this.going);
		assertThatExceptionOfType(BffException.class).isThrownBy(() -> search("asleep", "", "", "", ""));
	}

	@Test
	void findsByTeamAgentAndPerson() {
		assertThat(search("", "deals", "scout", "ada", "")).accepts(this.going);
		assertThat(search("", "", "deals/scout", "", "")).accepts(this.going);
		assertThat(search("", "deal", "", "", "")).rejects(this.going);
		assertThat(search("", "", "people/scout", "", "")).rejects(this.going);
		assertThat(search("", "", "", "grace", "")).rejects(this.going);
	}

	@Test
	void findsByPartOfATextInAnyCase() {
		assertThat(search("", "", "", "", " agent_exit ")).accepts(this.failed).rejects(this.going);
		assertThat(search("", "", "", "", "RUN-R-2")).accepts(this.going).rejects(this.failed);
	}

	@Test
	void goesOnAfterAPlace() {
		LedgerEntry later = LedgerEntry.begin(Records.facts("r-0"), Records.NOON.plus(Duration.ofNanos(1000)));
		RunSearch after = RunSearch.of("", "", "", "", "", RunSearch.Place.of(this.going).toString());
		assertThat(after).accepts(this.failed).rejects(this.going, later);
		for (String place : new String[] { "x", "~", "2026-11-29~r", "~r-1" }) {
			assertThatExceptionOfType(BffException.class).as(place)
				.isThrownBy(() -> RunSearch.of("", "", "", "", "", place));
		}
	}

	private static RunSearch search(String states, String team, String agent, String person, String text) {
		return RunSearch.of(states, team, agent, person, text, "");
	}

}

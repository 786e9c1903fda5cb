package dev.pergola.bff.agents.operations;

import java.time.Duration;
import java.time.Instant;

import dev.pergola.bff.agents.RunFacts;
import dev.pergola.bff.agui.AgUiEvents;
import tools.jackson.databind.node.ObjectNode;

/** Runs of tests. */
final class Records {

	static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

	private Records() {
	}

	static RunFacts facts(String id) {
		return new RunFacts(id, "run-" + id, "thread", "deals", "scout", "deals", "ada", "acme", "scout");
	}

	/** A run that was asked for at noon. */
	static LedgerEntry run(String id) {
		return LedgerEntry.begin(facts(id), NOON);
	}

	/** A run that took so long. */
	static LedgerEntry ended(String id, RunState state, Duration duration) {
		return run(id).ended(state, NOON.plus(duration), null);
	}

	static ObjectNode event(String json) {
		return AgUiEvents.parse(json.replace('\'', '"')).orElseThrow();
	}

}

package dev.pergola.bff.agents.operations;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.pergola.bff.agents.RunFacts;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are looked for; what is empty is not asked.
 *
 * @param states none for all
 * @param agent id of an agent, or module and id with a slash between them
 * @param text part of a name, an id or a reason, in any case
 * @param before place after which to go on
 */
record RunSearch(Set<RunState> states, String team, String agent, String person, String text,
		@Nullable Place before) implements Predicate<LedgerEntry> {

	/**
	 * Reads a search.
	 * @param states names with commas between them, {@code going} for all that are not
	 * over
	 * @throws BffException when a state or place is none
	 */
	static RunSearch of(String states, String team, String agent, String person, String text, String before) {
		Set<RunState> wanted = Arrays.stream(states.split(","))
			.map(String::strip)
			.filter((name) -> !name.isEmpty())
			.flatMap(RunSearch::states)
			.collect(Collectors.toSet());
		return new RunSearch(wanted, team, agent, person, text.strip().toLowerCase(Locale.ROOT),
				before.isEmpty() ? null : Place.parse(before));
	}

	@Override
	public boolean test(LedgerEntry run) {
		RunFacts facts = run.facts();
		return (this.states.isEmpty() || this.states.contains(run.state()))
				&& (this.team.isEmpty() || this.team.equals(run.team()))
				&& (this.agent.isEmpty() || this.agent.equals(facts.agent())
						|| this.agent.equals(facts.module() + "/" + facts.agent()))
				&& (this.person.isEmpty() || this.person.equals(facts.person()))
				&& (this.before == null || this.before.isAfter(run)) && (this.text.isEmpty() || holds(run));
	}

	private boolean holds(LedgerEntry run) {
		RunFacts facts = run.facts();
		LedgerEntry.Failure failure = run.failure();
		return Stream
			.of(facts.id(), facts.runId(), facts.threadId(), facts.module(), facts.agent(), facts.person(), run.team(),
					(failure != null) ? failure.code() + " " + failure.message() : "")
			.anyMatch((each) -> each.toLowerCase(Locale.ROOT).contains(this.text));
	}

	private static Stream<RunState> states(String name) {
		if (name.equals("going")) {
			return Stream.of(RunState.QUEUED, RunState.RUNNING);
		}
		return Stream.of(RunState.find(name)
			.orElseThrow(() -> new BffException(Failure.BAD_REQUEST,
					"state: there is none such (expected: going, queued, running, waiting, expired, finished, failed or cancelled).")));
	}

	/** Place of a run in {@link LedgerEntry#NEWEST_FIRST}, as the last of a page. */
	record Place(Instant createdAt, String id) {

		static Place of(LedgerEntry run) {
			return new Place(run.createdAt(), run.id());
		}

		static Place parse(String text) {
			int tilde = text.indexOf('~');
			try {
				return new Place(Instant.parse(text.substring(0, Math.max(tilde, 0))), text.substring(tilde + 1));
			}
			catch (DateTimeParseException ex) {
				throw new BffException(Failure.BAD_REQUEST, "before: no place (expected: next of a page).");
			}
		}

		/** Whether a run comes further down. */
		boolean isAfter(LedgerEntry run) {
			int order = run.createdAt().compareTo(this.createdAt);
			return order < 0 || order == 0 && run.id().compareTo(this.id) < 0;
		}

		@Override
		public String toString() {
			return this.createdAt + "~" + this.id;
		}

	}

}

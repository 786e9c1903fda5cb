package dev.pergola.bff.agents.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

import dev.pergola.bff.agents.RunFacts;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a run.
 *
 * @param queuePosition 1 for the next in line, {@code null} for one that does not wait
 * @param createdAt when it was asked for
 * @param startedAt when it no longer waited
 * @param firstByteAt when the agent first said something
 * @param failure why it failed
 * @param stop who had it stopped, where that was not the person themselves
 * @param answerBy until when its question can be answered, {@code null} for ever
 */
record LedgerEntry(RunFacts facts, RunState state, @Nullable Integer queuePosition, Instant createdAt,
		@Nullable Instant startedAt, @Nullable Instant firstByteAt, @Nullable Instant endedAt, Tokens tokens,
		@Nullable Failure failure, @Nullable Stop stop, @Nullable Instant answerBy) {

	/** Those asked for last first; of two at once, in the order of their ids. */
	static final Comparator<LedgerEntry> NEWEST_FIRST = Comparator.comparing(LedgerEntry::createdAt)
		.thenComparing(LedgerEntry::id)
		.reversed();

	static LedgerEntry begin(RunFacts facts, Instant now) {
		return new LedgerEntry(facts, RunState.RUNNING, null, now, now, null, null, Tokens.NONE, null, null, null);
	}

	String id() {
		return this.facts.id();
	}

	String team() {
		return this.facts.team();
	}

	/**
	 * Whether it is of the run that began then: a name serves for another run once the
	 * first is forgotten.
	 * @param startedAt may be less exact, as records of runs have milliseconds
	 */
	boolean isOf(Instant startedAt) {
		return this.createdAt.truncatedTo(ChronoUnit.MILLIS).equals(startedAt.truncatedTo(ChronoUnit.MILLIS));
	}

	@Nullable Duration queued() {
		return between(this.createdAt, this.startedAt);
	}

	/** As the person who asked felt it: waiting for a turn is part of it. */
	@Nullable Duration untilFirstByte() {
		return between(this.createdAt, this.firstByteAt);
	}

	@Nullable Duration duration() {
		return between(this.createdAt, this.endedAt);
	}

	LedgerEntry queuedAt(int position) {
		return new LedgerEntry(this.facts, RunState.QUEUED, position, this.createdAt, null, this.firstByteAt,
				this.endedAt, this.tokens, this.failure, this.stop, this.answerBy);
	}

	LedgerEntry started(Instant now) {
		return (this.startedAt != null) ? this : new LedgerEntry(this.facts, RunState.RUNNING, null, this.createdAt,
				now, this.firstByteAt, this.endedAt, this.tokens, this.failure, this.stop, this.answerBy);
	}

	LedgerEntry answered(Instant now) {
		return (this.firstByteAt != null) ? this : new LedgerEntry(this.facts, this.state, this.queuePosition,
				this.createdAt, this.startedAt, now, this.endedAt, this.tokens, this.failure, this.stop, this.answerBy);
	}

	LedgerEntry spent(Tokens all) {
		return new LedgerEntry(this.facts, this.state, this.queuePosition, this.createdAt, this.startedAt,
				this.firstByteAt, this.endedAt, all, this.failure, this.stop, this.answerBy);
	}

	/** The same, which has spent no less than that. */
	LedgerEntry atLeast(Tokens known) {
		return (known.total() > this.tokens.total()) ? spent(known) : this;
	}

	LedgerEntry stopped(Stop by) {
		return (this.stop != null) ? this : new LedgerEntry(this.facts, this.state, this.queuePosition, this.createdAt,
				this.startedAt, this.firstByteAt, this.endedAt, this.tokens, this.failure, by, this.answerBy);
	}

	/** Over, with a question. */
	LedgerEntry asking(Instant now, @Nullable Instant until) {
		return new LedgerEntry(this.facts, RunState.WAITING, null, this.createdAt, this.startedAt, this.firstByteAt,
				now, this.tokens, null, this.stop, until);
	}

	/** The same, no longer waiting for an answer. */
	LedgerEntry withdrawn() {
		return settled(RunState.CANCELLED);
	}

	/** The same, whose question is answered. */
	LedgerEntry goneOn() {
		return settled(RunState.FINISHED);
	}

	/** The same as it is then, though nothing is told of it. */
	LedgerEntry at(Instant now) {
		return (this.answerBy == null || this.answerBy.isAfter(now)) ? this : settled(RunState.EXPIRED);
	}

	private LedgerEntry settled(RunState end) {
		return (this.state != RunState.WAITING) ? this : new LedgerEntry(this.facts, end, null, this.createdAt,
				this.startedAt, this.firstByteAt, this.endedAt, this.tokens, this.failure, this.stop, this.answerBy);
	}

	/** The same at another node, where its end has not been heard of. */
	LedgerEntry goingOn() {
		return !this.state.isOver() ? this : new LedgerEntry(this.facts, RunState.RUNNING, null, this.createdAt,
				this.startedAt, this.firstByteAt, null, this.tokens, null, this.stop, null);
	}

	LedgerEntry ended(RunState end, Instant now, @Nullable Failure why) {
		return new LedgerEntry(this.facts, end, null, this.createdAt, this.startedAt, this.firstByteAt, now,
				this.tokens, why, this.stop, null);
	}

	private static @Nullable Duration between(Instant from, @Nullable Instant until) {
		return (until != null) ? Duration.between(from, until) : null;
	}

	/** Why a run failed, as its viewers were told. */
	record Failure(String code, String message) {

	}

	/** Who had a run stopped, and why. */
	record Stop(String by, String reason, Instant at) {

	}

}

package dev.pergola.registry.guard;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.pergola.manifests.catalog.RolloutShare;
import org.jspecify.annotations.Nullable;

/**
 * Where a guard stands.
 *
 * @param state {@code idle} while there is nothing to compare, {@code watching}, or
 * {@code stopped} once it took a rollout back
 * @param newer, older the versions it compares or compared
 * @param share share of the newer version, in percent
 * @param since when that share was first seen
 * @param countedFrom start of the first minute that counts
 * @param verdict what it saw last
 * @param stoppedAt when it took the rollout back
 * @param taken the segments it took away, to be put back
 */
record Watch(State state, @Nullable String newer, @Nullable String older, @Nullable BigDecimal share,
		@Nullable Instant since, @Nullable Instant countedFrom, @Nullable String verdict, @Nullable Instant stoppedAt,
		List<RolloutShare> taken) {

	/** Nothing to compare. */
	static final Watch IDLE = new Watch(State.IDLE, null, null, null, null, null, null, null, List.of());

	Watch {
		taken = List.copyOf(taken);
	}

	/** Begins to watch a rollout. */
	static Watch of(Rollout rollout, Instant now) {
		return new Watch(State.WATCHING, rollout.newer(), rollout.older(), rollout.share(), now,
				now.truncatedTo(ChronoUnit.MINUTES), null, null, List.of());
	}

	/** Begins anew: what was counted before does not count any more. */
	static Watch again(Rollout rollout, Instant now) {
		Watch watch = of(rollout, now);
		return new Watch(State.WATCHING, watch.newer, watch.older, watch.share, now,
				now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES), null, null, List.of());
	}

	/** Goes on with a rollout, or begins with it when it is another. */
	Watch follow(Rollout rollout, Instant now) {
		if (this.state != State.WATCHING || !rollout.newer().equals(this.newer)
				|| !rollout.older().equals(this.older)) {
			return of(rollout, now);
		}
		BigDecimal before = this.share;
		boolean same = before != null && rollout.share().compareTo(before) == 0;
		return same ? this : new Watch(State.WATCHING, this.newer, this.older, rollout.share(), now, this.countedFrom,
				this.verdict, null, List.of());
	}

	Watch saw(Verdict seen) {
		return new Watch(this.state, this.newer, this.older, this.share, this.since, this.countedFrom, seen.text(),
				this.stoppedAt, this.taken);
	}

	Watch stopped(Verdict seen, Instant now, List<RolloutShare> segments) {
		return new Watch(State.STOPPED, this.newer, this.older, this.share, this.since, this.countedFrom, seen.text(),
				now, segments);
	}

	/** First minute to look at. */
	Instant from(Duration window, Instant now) {
		Instant start = now.minus(window).truncatedTo(ChronoUnit.MINUTES);
		return (this.countedFrom != null && this.countedFrom.isAfter(start)) ? this.countedFrom : start;
	}

	/** Whether the share was the same for so long. */
	boolean isAtShareFor(Duration time, Instant now) {
		return this.since != null && !now.isBefore(this.since.plus(time));
	}

	/** What a guard does. */
	enum State {

		IDLE, WATCHING, STOPPED

	}

}

package dev.pergola.bff.streams;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import org.jspecify.annotations.Nullable;

/** How many streams a person, a team's agents and everybody together hold open. */
public final class StreamPermits {

	private final int maxPerPerson;

	private final int maxPerTeam;

	private final int maxTotal;

	private final Map<String, Integer> people = new ConcurrentHashMap<>();

	private final Map<String, Integer> teams = new ConcurrentHashMap<>();

	private final AtomicInteger total = new AtomicInteger();

	public StreamPermits(int maxPerPerson, int maxPerTeam, int maxTotal) {
		this.maxPerPerson = maxPerPerson;
		this.maxPerTeam = maxPerTeam;
		this.maxTotal = maxTotal;
	}

	/** Permits of people alone. */
	public StreamPermits(int maxPerPerson, int maxTotal) {
		this(maxPerPerson, maxTotal, maxTotal);
	}

	/**
	 * Takes a permit.
	 * @param person whose stream it is
	 * @throws BffException when there is none left
	 */
	public void acquire(String person) {
		acquire(person, null);
	}

	/**
	 * Takes a permit.
	 * @param person whose stream it is
	 * @param team whose agent it shows, {@code null} for none
	 * @throws BffException when there is none left
	 */
	public void acquire(String person, @Nullable String team) {
		if (this.total.incrementAndGet() > this.maxTotal) {
			this.total.decrementAndGet();
			throw new BffException(Failure.TOO_MANY_STREAMS, "The portal holds as many streams as it can.");
		}
		int ofPerson = this.people.merge(person, 1, Integer::sum);
		int ofTeam = (team != null) ? this.teams.merge(team, 1, Integer::sum) : 0;
		if (ofPerson > this.maxPerPerson) {
			release(person, team);
			throw new BffException(Failure.TOO_MANY_STREAMS,
					"You hold %d streams open, and no more are allowed.".formatted(this.maxPerPerson));
		}
		if (ofTeam > this.maxPerTeam) {
			release(person, team);
			throw new BffException(Failure.TOO_MANY_STREAMS, "This team's agents have as many viewers as they may.");
		}
	}

	public void release(String person) {
		release(person, null);
	}

	public void release(String person, @Nullable String team) {
		this.total.decrementAndGet();
		release(this.people, person);
		if (team != null) {
			release(this.teams, team);
		}
	}

	private static void release(Map<String, Integer> open, String key) {
		open.computeIfPresent(key, (same, count) -> (count > 1) ? count - 1 : null);
	}

	public int total() {
		return this.total.get();
	}

}

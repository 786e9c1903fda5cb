package dev.pergola.bff.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.runlog.RunHome;
import dev.pergola.bff.runlog.RunName;
import dev.pergola.bff.runlog.RunRecord;
import reactor.core.publisher.Mono;

/** Runs of other nodes that are watched here. */
final class Replicas {

	/** Time one that nobody watches is kept for who comes back. */
	private static final Duration UNUSED = Duration.ofSeconds(20);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);

	/** Time between two looks at what is known of runs that are silent. */
	private static final Duration LOOK = Duration.ofSeconds(5);

	private final RunHome home;

	private final AgentProperties properties;

	private final Map<RunName, Replica> replicas = new ConcurrentHashMap<>();

	private Instant toldAt = Instant.EPOCH;

	private Instant lookedAt = Instant.EPOCH;

	Replicas(RunHome home, AgentProperties properties) {
		this.home = home;
		this.properties = properties;
	}

	/**
	 * A run as far as its writer is.
	 * @return fails when its beginning is lost, or nothing can be read for too long
	 */
	Mono<Run> open(RunRecord record, Instant now) {
		return Mono.defer(() -> {
			Replica replica = replica(record, now);
			replica.use(now);
			return replica.run();
		})
			.timeout(PATIENCE, Mono
				.error(() -> new BffException(Failure.RUNS_UNAVAILABLE, "The run cannot be read at the moment.")));
	}

	/** Lets go of what nobody watches, tells writers that somebody does. */
	void sweep(Instant now) {
		boolean tell = this.toldAt.plus(SIGN_OF_LIFE).isBefore(now);
		this.toldAt = tell ? now : this.toldAt;
		boolean look = !this.lookedAt.plus(LOOK).isAfter(now);
		this.lookedAt = look ? now : this.lookedAt;
		this.replicas.forEach((name, replica) -> {
			replica.content().log().cutSlow(System.nanoTime(), this.properties.maxBehind());
			if (replica.isBroken() || replica.isUnused(now.minus(UNUSED))) {
				drop(name, replica);
				return;
			}
			if (tell && replica.isWatched()) {
				this.home.watched(name).onErrorComplete().subscribe();
			}
			if (look && replica.isSilent()) {
				look(name, replica);
			}
		});
	}

	// A home that is away says nothing, and has lost nothing yet.
	private void look(RunName name, Replica replica) {
		this.home.findBrief(name)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.onErrorComplete()
			.subscribe(replica::check);
	}

	void stop() {
		this.replicas.forEach(this::drop);
	}

	int size() {
		return this.replicas.size();
	}

	private Replica replica(RunRecord record, Instant now) {
		Replica known = this.replicas.get(record.name());
		if (known != null && !known.isBroken()) {
			known.heir(record);
			return known;
		}
		checkRoom();
		Replica created = new Replica(this.home, record, this.properties, now);
		Replica other = this.replicas.putIfAbsent(record.name(), created);
		if (other != null && !other.isBroken()) {
			return other;
		}
		this.replicas.put(record.name(), created);
		created.start();
		return created;
	}

	private void checkRoom() {
		long bytes = this.replicas.values().stream().mapToLong((replica) -> replica.content().bytes()).sum();
		if (this.replicas.size() >= this.properties.maxRuns() || bytes >= this.properties.maxTotalBytes().toBytes()) {
			throw new BffException(Failure.TOO_MANY_RUNS, "The portal shows as many runs as it can.");
		}
	}

	private void drop(RunName name, Replica replica) {
		if (this.replicas.remove(name, replica)) {
			replica.stop();
		}
	}

}

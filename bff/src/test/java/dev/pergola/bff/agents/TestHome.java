package dev.pergola.bff.agents;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import dev.pergola.bff.runlog.Claim;
import dev.pergola.bff.runlog.Follower;
import dev.pergola.bff.runlog.Heir;
import dev.pergola.bff.runlog.KeptRun;
import dev.pergola.bff.runlog.RunHome;
import dev.pergola.bff.runlog.RunName;
import dev.pergola.bff.runlog.RunRecord;
import dev.pergola.bff.streams.LogEntry;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs of other nodes, as tests tell of them. */
final class TestHome implements RunHome {

	private final Map<RunName, RunRecord> records = new ConcurrentHashMap<>();

	private final Map<RunName, Follower> followers = new ConcurrentHashMap<>();

	void put(RunRecord record) {
		this.records.put(record.name(), record);
	}

	void remove(RunName name) {
		this.records.remove(name);
	}

	/** Hands events to whoever follows the run. */
	void tell(RunName name, List<LogEntry<byte[]>> events) {
		this.followers.get(name).onEvents(new ArrayList<>(events));
	}

	@Override
	public boolean isShared() {
		return true;
	}

	@Override
	public boolean isAway() {
		return false;
	}

	@Override
	public Mono<Claim> claim(RunRecord run, String waiting) {
		return Mono
			.fromCallable(() -> (this.records.putIfAbsent(run.name(), run) == null) ? Claim.GRANTED : Claim.EXISTS);
	}

	@Override
	public Mono<RunRecord> find(RunName name) {
		return Mono.fromCallable(() -> this.records.get(name));
	}

	@Override
	public Mono<RunRecord> findBrief(RunName name) {
		return find(name);
	}

	@Override
	public Flux<RunRecord> of(String owner) {
		return Flux.fromIterable(this.records.values()).filter((record) -> record.name().owner().equals(owner));
	}

	@Override
	public Mono<RunRecord> waiting(String owner, String threadId) {
		return Mono.empty();
	}

	@Override
	public Mono<RunRecord> cancel(String digest) {
		return Mono.empty();
	}

	@Override
	public Mono<Void> watched(RunName name) {
		return Mono.empty();
	}

	@Override
	public Mono<Void> repair(RunName name) {
		return Mono.empty();
	}

	@Override
	public void keep(KeptRun run) {
		// Nobody reads it.
	}

	@Override
	public void retain(Predicate<RunName> known) {
		// Nothing is held.
	}

	@Override
	public Disposable follow(RunName name, Follower follower) {
		this.followers.put(name, follower);
		return () -> this.followers.remove(name, follower);
	}

	@Override
	public void heir(Heir heir) {
		// Nobody leaves anything.
	}

	@Override
	public void close() {
		// Nothing is open.
	}

}

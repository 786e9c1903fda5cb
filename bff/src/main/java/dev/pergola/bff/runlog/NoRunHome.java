package dev.pergola.bff.runlog;

import java.util.function.Predicate;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** There is one node: what it does not know is not known. */
public final class NoRunHome implements RunHome {

	@Override
	public boolean isShared() {
		return false;
	}

	@Override
	public boolean isAway() {
		return false;
	}

	@Override
	public Mono<Claim> claim(RunRecord run, String waiting) {
		return Mono.just(Claim.GRANTED);
	}

	@Override
	public Mono<RunRecord> find(RunName name) {
		return Mono.empty();
	}

	@Override
	public Mono<RunRecord> findBrief(RunName name) {
		return Mono.empty();
	}

	@Override
	public Flux<RunRecord> of(String owner) {
		return Flux.empty();
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
		// Its log is all there is.
	}

	@Override
	public void retain(Predicate<RunName> known) {
		// Nothing is held.
	}

	@Override
	public Disposable follow(RunName name, Follower follower) {
		return Disposables.disposed();
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

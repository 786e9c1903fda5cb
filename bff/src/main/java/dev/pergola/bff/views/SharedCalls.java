package dev.pergola.bff.views;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Calls for parts that are in flight. Requests that need the same of the same person wait
 * for one call; it is given up when the last of them leaves.
 */
final class SharedCalls {

	private static final int OVER = -1;

	private final PartSource source;

	private final Duration longest;

	private final Map<Key, Shared> inFlight = new ConcurrentHashMap<>();

	private final LongAdder joined = new LongAdder();

	/**
	 * Creates calls.
	 * @param longest time any request may wait: no call takes longer
	 */
	SharedCalls(PartSource source, Duration longest) {
		this.source = source;
		this.longest = longest;
	}

	/**
	 * The answer to one path.
	 * @param patience time after which the upstream is taken to have failed, when this is
	 * who begins the call
	 * @return fails with {@link PartException}; how long to wait is up to whom it is for
	 */
	Mono<PartBody> get(String module, String path, ViewRequest request, Duration patience) {
		Key key = new Key(request.accessToken(), request.language(), module, path);
		return Mono.defer(() -> join(key, () -> this.source.get(module, path, request, this.longest, patience)));
	}

	/**
	 * How often a call was not made, as the same one was in flight for another request.
	 */
	long joined() {
		return this.joined.sum();
	}

	/** Calls in flight now. */
	int inFlight() {
		return this.inFlight.size();
	}

	private Mono<PartBody> join(Key key, Supplier<Mono<PartBody>> call) {
		while (true) {
			Shared shared = this.inFlight.computeIfAbsent(key, Shared::new);
			int before = shared.enter();
			if (before == 0) {
				shared.begin(call.get());
			}
			else if (before > 0) {
				this.joined.increment();
			}
			if (before != OVER) {
				return shared.result();
			}
			this.inFlight.remove(key, shared);
		}
	}

	/**
	 * What makes two calls the same.
	 *
	 * @param accessToken tells the person, and what they may do
	 */
	private record Key(String accessToken, String language, String module, String path) {

	}

	private final class Shared {

		private final Key key;

		private final Sinks.One<PartBody> answer = Sinks.one();

		private final Disposable.Swap call = Disposables.swap();

		private final AtomicInteger waiting = new AtomicInteger();

		Shared(Key key) {
			this.key = key;
		}

		int enter() {
			return this.waiting.getAndUpdate((count) -> (count == OVER) ? OVER : count + 1);
		}

		void begin(Mono<PartBody> answering) {
			this.call.update(answering.doFinally((signal) -> SharedCalls.this.inFlight.remove(this.key, this))
				.subscribe(this.answer::tryEmitValue, this.answer::tryEmitError, this.answer::tryEmitEmpty));
		}

		Mono<PartBody> result() {
			return this.answer.asMono().doFinally((signal) -> leave());
		}

		private void leave() {
			if (this.waiting.updateAndGet((count) -> (count == 1) ? OVER : count - 1) == OVER) {
				SharedCalls.this.inFlight.remove(this.key, this);
				this.call.dispose();
			}
		}

	}

}

package dev.pergola.session.store;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * Work that runs once for all who ask while it does. Whoever goes away meanwhile does not
 * stop it.
 *
 * @param <T> result
 */
public final class SharedWork<T> {

	private final Map<String, CompletableFuture<Signal<T>>> running = new ConcurrentHashMap<>();

	/**
	 * Runs the work, or waits for the one that runs already.
	 * @param name what the work is about
	 * @param work subscribed to at most once; not empty
	 * @return the result or error, on the thread the work ended on
	 */
	public Mono<T> join(String name, Mono<T> work) {
		return Mono.defer(() -> {
			CompletableFuture<Signal<T>> mine = new CompletableFuture<>();
			CompletableFuture<Signal<T>> other = this.running.putIfAbsent(name, mine);
			if (other == null) {
				work.subscribe((result) -> end(name, mine, Signal.next(result)),
						(ex) -> end(name, mine, Signal.error(ex)), () -> end(name, mine, Signal.complete()));
			}
			// An error must not be one of the future: nobody may be left to hear of it.
			return Mono.fromFuture((other != null) ? other : mine, true).flatMap(SharedWork::result);
		});
	}

	/**
	 * Lets nobody else wait for what runs: its result may be outdated.
	 * @param name what the work is about
	 */
	public void forget(String name) {
		this.running.remove(name);
	}

	// Whoever hears of the end and asks again is not to get the same result again.
	private void end(String name, CompletableFuture<Signal<T>> mine, Signal<T> result) {
		this.running.remove(name, mine);
		mine.complete(result);
	}

	private static <T> Mono<T> result(Signal<T> signal) {
		Throwable ex = signal.getThrowable();
		return (ex != null) ? Mono.error(ex) : Mono.justOrEmpty(signal.get());
	}

}

package dev.pergola.session.token;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A queue per session in the memory of this process.
 */
public class InMemoryRefreshLock implements RefreshLock {

	private final Map<String, Mono<Void>> last = new ConcurrentHashMap<>();

	@Override
	public <T> Mono<T> whileHeld(String sessionId, Mono<T> work) {
		return Mono.defer(() -> {
			Sinks.Empty<Void> end = Sinks.empty();
			Mono<Void> mine = end.asMono();
			Mono<Void> before = this.last.put(sessionId, mine);
			Mono<Void> turn = (before != null) ? before : Mono.empty();
			// Whoever gives up waiting must not let the next one overtake the holder.
			return turn.then(work).doFinally((signal) -> turn.subscribe(null, null, () -> {
				this.last.remove(sessionId, mine);
				end.tryEmitEmpty();
			}));
		});
	}

}

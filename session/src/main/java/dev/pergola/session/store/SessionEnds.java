package dev.pergola.session.store;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.web.server.WebSession;

/**
 * Ends sessions, and tells streams that are still open when theirs has ended.
 */
public class SessionEnds {

	private final Sinks.Many<String> ended = Sinks.many().multicast().directBestEffort();

	/**
	 * Ends a session.
	 * @param session session to end
	 * @return completes when it is gone from the store
	 */
	public Mono<Void> end(WebSession session) {
		String id = session.getId();
		return session.invalidate().doFinally((signal) -> tell(SessionName.of(id)));
	}

	/**
	 * Tells streams of this process that a session has ended, here or elsewhere.
	 * @param name what {@link SessionName} makes of its id
	 */
	public synchronized void tell(String name) {
		this.ended.tryEmitNext(name);
	}

	/**
	 * When a session ends: for {@code takeUntilOther}.
	 * @param sessionId id of the session
	 * @return completes when it was signed out or its grant withdrawn
	 */
	public Mono<Void> of(String sessionId) {
		return Mono.defer(() -> {
			String name = SessionName.of(sessionId);
			return this.ended.asFlux().filter(name::equals).next().then();
		});
	}

}

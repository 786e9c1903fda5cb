package dev.pergola.session.store;

import java.time.Clock;
import java.time.Instant;

import dev.pergola.session.SessionProperties;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.InMemoryWebSessionStore;

/**
 * Sessions in the memory of this process.
 */
public class InMemorySessionStore extends InMemoryWebSessionStore implements SessionStore {

	private final SessionProperties.Lifetime lifetime;

	/**
	 * Creates an empty store.
	 * @param properties number and lifetime of sessions
	 * @param clock clock that says when a session is over
	 */
	public InMemorySessionStore(SessionProperties properties, Clock clock) {
		this.lifetime = properties.lifetime();
		setClock(clock);
		setMaxSessions(properties.maxSessions());
		setDefaultMaxIdleTime(this.lifetime.idle());
	}

	@Override
	public Mono<WebSession> retrieveSession(String id) {
		return super.retrieveSession(id)
			.flatMap((session) -> over(session) ? session.invalidate().then(Mono.empty()) : Mono.just(session));
	}

	@Override
	public Mono<WebSession> current(String id) {
		return Mono.fromSupplier(() -> getSessions().get(id))
			.filter((session) -> !session.isExpired() && !over(session));
	}

	@Override
	public Mono<WebSession> latest(String id) {
		return current(id);
	}

	@Override
	public Flux<WebSession> find(ProviderLogout logout) {
		return Flux.fromIterable(getSessions().values())
			.filter((session) -> SignedIn.find(session).filter(logout::means).isPresent());
	}

	private boolean over(WebSession session) {
		Instant now = Instant.now(getClock());
		return SignedIn.find(session).map((signedIn) -> isOver(signedIn, now)).orElse(false);
	}

	boolean isOver(SignedIn signedIn, Instant now) {
		return signedIn.at().plus(this.lifetime.absolute()).isBefore(now);
	}

}

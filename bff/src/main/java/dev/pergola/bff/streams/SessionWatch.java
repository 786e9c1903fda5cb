package dev.pergola.bff.streams;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import dev.pergola.session.SessionsUnavailableException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/** Tells an open stream when its session is over. */
public final class SessionWatch {

	/** How long a stream goes on while nobody can tell whether its session does. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final SessionProbe sessions;

	private final Duration check;

	/**
	 * Creates the watch.
	 * @param check time between looks
	 */
	public SessionWatch(SessionProbe sessions, Duration check) {
		this.sessions = sessions;
		this.check = check;
	}

	/**
	 * When the session of a request is over.
	 * @return completes when this process is told of it, or sees it at the next look
	 */
	public Mono<Void> over(ServerWebExchange exchange) {
		return Mono.firstWithSignal(looks(exchange), this.sessions.ended(exchange));
	}

	private Mono<Void> looks(ServerWebExchange exchange) {
		AtomicLong unknown = new AtomicLong();
		return Flux.interval(this.check)
			.onBackpressureDrop()
			.concatMap((tick) -> look(exchange, unknown), 1)
			.takeUntil((alive) -> !alive)
			.then();
	}

	private Mono<Boolean> look(ServerWebExchange exchange, AtomicLong unknown) {
		return this.sessions.isAlive(exchange)
			.doOnNext((alive) -> unknown.set(0))
			.onErrorResume(SessionsUnavailableException.class,
					(ex) -> Mono.just(unknown.addAndGet(this.check.toMillis()) < PATIENCE.toMillis()))
			// A provider that is away ends nothing.
			.onErrorReturn(true);
	}

}

package dev.pergola.bff.streams;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/** Tells what is open for long when its session is over. */
public final class SessionWatch {

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
		return this.sessions.session(exchange).flatMap(this::over);
	}

	private Mono<Void> over(OpenSession session) {
		SessionLook look = new SessionLook(session, this.check);
		Mono<Void> seen = Flux.interval(this.check)
			.onBackpressureDrop()
			.concatMap((tick) -> look.goesOn(), 1)
			.takeUntil((alive) -> !alive)
			.then();
		return Mono.firstWithSignal(seen, look.ended());
	}

}

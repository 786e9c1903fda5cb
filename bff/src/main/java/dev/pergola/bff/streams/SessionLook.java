package dev.pergola.bff.streams;

import java.time.Duration;

import dev.pergola.session.SessionsUnavailableException;
import reactor.core.publisher.Mono;

/**
 * Looks at one session again and again, with patience for when nobody can tell.
 */
final class SessionLook {

	/** How long a stream goes on while nobody can tell whether its session does. */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final OpenSession session;

	private final Duration interval;

	// One look at a time.
	private volatile Duration unknown = Duration.ZERO;

	/**
	 * Begins.
	 * @param interval time between looks
	 */
	SessionLook(OpenSession session, Duration interval) {
		this.session = session;
		this.interval = interval;
	}

	/** Completes when this process is told of the end; may never do so. */
	Mono<Void> ended() {
		return this.session.ended();
	}

	/** Whether what is open may stay open; one at a time. */
	Mono<Boolean> goesOn() {
		return this.session.isAlive()
			.doOnNext((alive) -> this.unknown = Duration.ZERO)
			.onErrorResume(SessionsUnavailableException.class, (ex) -> {
				this.unknown = this.unknown.plus(this.interval);
				return Mono.just(this.unknown.compareTo(PATIENCE) < 0);
			})
			// A provider that is away ends nothing.
			.onErrorReturn(true);
	}

}

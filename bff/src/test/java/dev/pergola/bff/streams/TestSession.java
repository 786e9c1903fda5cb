package dev.pergola.bff.streams;

import reactor.core.publisher.Mono;

/** A session whose end a test decides on. */
public record TestSession(Mono<Boolean> isAlive, Mono<Void> ended) implements OpenSession {

	/** One that goes on until somebody says otherwise. */
	public static TestSession until(Mono<Void> ended) {
		return new TestSession(Mono.just(true), ended);
	}

	/** The session of every request. */
	public SessionProbe probe() {
		return (exchange) -> Mono.just(this);
	}

}

package dev.pergola.bff.caller;

import dev.pergola.session.AccessTokens;
import reactor.core.publisher.Mono;

/** Access tokens of a session, known by its id alone. */
final class SessionTokens implements AccessTokenSource {

	private final AccessTokens accessTokens;

	private final String sessionId;

	private volatile String last;

	SessionTokens(AccessTokens accessTokens, String sessionId, String first) {
		this.accessTokens = accessTokens;
		this.sessionId = sessionId;
		this.last = first;
	}

	// What was begun while the person was signed in may still be stopped after that.
	@Override
	public Mono<String> accessToken() {
		return this.accessTokens.ofSession(this.sessionId)
			.doOnNext((accessToken) -> this.last = accessToken)
			.onErrorResume((ex) -> Mono.fromSupplier(() -> this.last));
	}

}

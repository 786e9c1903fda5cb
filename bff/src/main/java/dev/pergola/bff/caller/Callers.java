package dev.pergola.bff.caller;

import dev.pergola.bff.problem.BffException;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/** Who makes a request, and the access token their calls go out with. */
public interface Callers {

	/**
	 * The principal of a request.
	 * @return fails with {@link BffException} (unauthenticated) when there is none
	 */
	Mono<Caller> caller(ServerWebExchange exchange);

	/**
	 * An access token that is valid now, refreshed when it has to be. Whatever
	 * {@code Authorization} the client sent along with a session plays no part in it.
	 * @return fails with {@link BffException} (unauthenticated) when there is none
	 */
	Mono<String> accessToken(ServerWebExchange exchange);

	/**
	 * Access tokens for what goes on after the request; there is one by now.
	 * @return fails as {@link #accessToken} does
	 */
	Mono<AccessTokenSource> accessTokens(ServerWebExchange exchange);

	/**
	 * Whether a session speaks for the request, and not a token of its own.
	 * @return never empty; {@code false} also when nobody is signed in
	 */
	Mono<Boolean> isSession(ServerWebExchange exchange);

}

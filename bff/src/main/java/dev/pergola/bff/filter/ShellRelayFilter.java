package dev.pergola.bff.filter;

import java.util.List;

import dev.pergola.bff.caller.Callers;
import dev.pergola.session.SignInRequiredException;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.web.server.ServerWebExchange;

/**
 * Gets the access token of the person whose page the shell draws. What is for anyone goes
 * without: who may open the rest anonymously was decided before. A session that turns out
 * to be over leads to sign-in.
 */
final class ShellRelayFilter implements GatewayFilter, Ordered {

	/** The same for everybody; must come while the provider cannot renew a token. */
	private static final List<String> FILES = List.of("/assets/", "/favicon.ico");

	private final Callers callers;

	private final ServerAuthenticationEntryPoint signIn;

	ShellRelayFilter(Callers callers, ServerAuthenticationEntryPoint signIn) {
		this.callers = callers;
		this.signIn = signIn;
	}

	@Override
	public int getOrder() {
		return FilterOrder.TOKEN_RELAY;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		String path = exchange.getRequest().getPath().pathWithinApplication().value();
		if (FILES.stream().anyMatch(path::startsWith)) {
			return chain.filter(exchange);
		}
		return exchange.getPrincipal()
			.hasElement()
			.flatMap((known) -> known ? relay(exchange, chain) : chain.filter(exchange));
	}

	private Mono<Void> relay(ServerWebExchange exchange, GatewayFilterChain chain) {
		return this.callers.accessToken(exchange)
			.doOnNext((accessToken) -> Relay.setAccessToken(exchange, accessToken))
			.flatMap((accessToken) -> chain.filter(exchange))
			.onErrorResume(SignInRequiredException.class, (ex) -> this.signIn.commence(exchange,
					new AuthenticationCredentialsNotFoundException("The session is over.", ex)));
	}

}

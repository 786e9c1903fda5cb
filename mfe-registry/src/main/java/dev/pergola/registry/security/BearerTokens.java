package dev.pergola.registry.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.caller.CallerResolver;
import dev.pergola.registry.team.PublisherProperties.Issuer;
import dev.pergola.registry.team.TokenSecret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.ReactiveAuthenticationManagerResolver;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells the four kinds of bearer token apart: the service token, team tokens by their
 * prefix, identity tokens of CI systems by their issuer, and otherwise access tokens of
 * people.
 */
final class BearerTokens implements ReactiveAuthenticationManagerResolver<ServerWebExchange>, AutoCloseable {

	private static final String SERVICE_NAME = "service";

	private final SecurityProperties properties;

	private final TeamTokens teamTokens;

	private final PipelineTokens pipelineTokens;

	private final @Nullable ReactiveAuthenticationManager accessTokens;

	/** Looking up a team token blocks. */
	private final Scheduler blocking = Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(),
			"registry-tokens");

	BearerTokens(SecurityProperties properties, TeamTokens teamTokens, PipelineTokens pipelineTokens,
			@Nullable ReactiveAuthenticationManager accessTokens) {
		this.properties = properties;
		this.teamTokens = teamTokens;
		this.pipelineTokens = pipelineTokens;
		this.accessTokens = accessTokens;
	}

	@Override
	public Mono<ReactiveAuthenticationManager> resolve(ServerWebExchange exchange) {
		String address = CallerResolver.address(exchange);
		return Mono.just((authentication) -> authenticate((BearerTokenAuthenticationToken) authentication, address));
	}

	@Override
	public void close() {
		this.blocking.dispose();
	}

	private Mono<Authentication> authenticate(BearerTokenAuthenticationToken bearer, String address) {
		String token = bearer.getToken();
		if (token.startsWith(TokenSecret.PREFIX)) {
			return Mono.fromCallable(() -> this.teamTokens.authenticate(token, address)).subscribeOn(this.blocking);
		}
		if (isServiceToken(token)) {
			return Mono.just(service());
		}
		Optional<Issuer> issuer = this.pipelineTokens.issuer(token);
		if (issuer.isPresent()) {
			return Mono.fromCallable(() -> this.pipelineTokens.authenticate(token, issuer.get(), address))
				.subscribeOn(this.blocking);
		}
		return (this.accessTokens != null) ? this.accessTokens.authenticate(bearer)
				: Mono.error(() -> new BadCredentialsException("token is unknown"));
	}

	/** Takes the same time wherever the first difference is. */
	private boolean isServiceToken(String token) {
		String expected = this.properties.serviceToken();
		return expected != null && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8),
				token.getBytes(StandardCharsets.UTF_8));
	}

	private Authentication service() {
		List<String> authorities = new ArrayList<>(List.of(Caller.SERVICE));
		if (this.properties.servicePublishes()) {
			authorities.add(Caller.PUBLISHER);
		}
		return UsernamePasswordAuthenticationToken.authenticated(SERVICE_NAME, null,
				AuthorityUtils.createAuthorityList(authorities));
	}

}

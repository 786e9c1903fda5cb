package dev.pergola.bridge.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;

/**
 * Recognises the bff by the secret both were configured with.
 */
public final class ServiceToken implements ServerAuthenticationConverter {

	private final byte[] expected;

	public ServiceToken(String token) {
		this.expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The service, where the request carries the secret; empty for all else. Takes the
	 * same time for any wrong value.
	 */
	@Override
	public Mono<Authentication> convert(ServerWebExchange exchange) {
		String sent = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		if (sent == null || !MessageDigest.isEqual(this.expected, sent.getBytes(StandardCharsets.UTF_8))) {
			return Mono.empty();
		}
		return Mono.just(UsernamePasswordAuthenticationToken.authenticated("service", null,
				List.of(new SimpleGrantedAuthority("ROLE_service"))));
	}

}

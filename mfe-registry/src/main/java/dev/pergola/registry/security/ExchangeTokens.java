package dev.pergola.registry.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;

/**
 * Finds the token of a request. Tools of other hosts send it as {@code Basic}:
 * import-map-deployer's as a password, Piral's as it is.
 */
final class ExchangeTokens implements ServerAuthenticationConverter {

	private static final String SCHEME = "Basic ";

	private final ServerAuthenticationConverter bearer = new ServerBearerTokenAuthenticationConverter();

	private final String path;

	ExchangeTokens(String path) {
		this.path = path;
	}

	@Override
	public Mono<Authentication> convert(ServerWebExchange exchange) {
		String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
				&& exchange.getRequest().getPath().value().startsWith(this.path)) {
			String credentials = header.substring(SCHEME.length()).strip();
			String password = password(credentials);
			return Mono.just(new BearerTokenAuthenticationToken((password != null) ? password : credentials));
		}
		return this.bearer.convert(exchange);
	}

	/** What is behind the first colon (RFC 7617), {@code null} when it is none. */
	private static @Nullable String password(String credentials) {
		try {
			String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
			int colon = decoded.indexOf(':');
			return (colon >= 0 && colon < decoded.length() - 1) ? decoded.substring(colon + 1) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}

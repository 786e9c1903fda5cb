package dev.pergola.session.bearer;

import dev.pergola.session.AccessTokens;
import dev.pergola.session.SignInRequiredException;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.server.resource.authentication.AbstractOAuth2TokenAuthenticationToken;
import org.springframework.web.server.ServerWebExchange;

/**
 * Access tokens as calls bring them, where no session is held.
 */
public class BearerAccessTokens implements AccessTokens {

	@Override
	public Mono<String> accessToken(ServerWebExchange exchange) {
		return exchange.getPrincipal()
			.ofType(AbstractOAuth2TokenAuthenticationToken.class)
			.map((bearer) -> bearer.getToken().getTokenValue())
			.switchIfEmpty(Mono.error(() -> new SignInRequiredException("Sign in to the portal first.")));
	}

}

package dev.pergola.session.bearer;

import dev.pergola.session.ClaimNames;
import reactor.core.publisher.Mono;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Reads the principal of a bearer call with the same claim names as a session's.
 */
public class BearerConverter implements Converter<Jwt, Mono<AbstractAuthenticationToken>> {

	private final ClaimNames claims;

	/**
	 * Creates the converter.
	 * @param claims names of the claims
	 */
	public BearerConverter(ClaimNames claims) {
		this.claims = claims;
	}

	@Override
	public Mono<AbstractAuthenticationToken> convert(Jwt jwt) {
		return Mono
			.<AbstractAuthenticationToken>fromSupplier(
					() -> new BearerAuthentication(jwt, this.claims.principal(jwt.getClaims())))
			.onErrorMap(IllegalArgumentException.class,
					(ex) -> new InvalidBearerTokenException("The token has no subject."));
	}

}

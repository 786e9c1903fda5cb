package dev.pergola.registry.security;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverterAdapter;

/**
 * Checks access tokens of the issuer. The issuer is asked when the first token comes, and
 * again until it answers, so that the registry starts without it.
 */
final class AccessTokens {

	private AccessTokens() {
	}

	/**
	 * Creates a manager.
	 * @return {@code null} when no issuer is set
	 */
	static @Nullable ReactiveAuthenticationManager create(SecurityProperties.Jwt properties) {
		String issuer = properties.issuerUri();
		if (issuer == null || issuer.isBlank()) {
			return null;
		}
		ReactiveJwtDecoder decoder = new SupplierReactiveJwtDecoder(() -> decoder(properties, issuer));
		JwtReactiveAuthenticationManager manager = new JwtReactiveAuthenticationManager(decoder);
		manager.setJwtAuthenticationConverter(
				new ReactiveJwtAuthenticationConverterAdapter(new JwtAuthorities(properties)));
		return (authentication) -> manager.authenticate(authentication)
			.onErrorMap((ex) -> !(ex instanceof AuthenticationException),
					(ex) -> new AuthenticationServiceException("issuer of access tokens does not answer", ex));
	}

	private static ReactiveJwtDecoder decoder(SecurityProperties.Jwt properties, String issuer) {
		String keys = properties.jwkSetUri();
		NimbusReactiveJwtDecoder decoder = (keys != null && !keys.isBlank())
				? NimbusReactiveJwtDecoder.withJwkSetUri(keys).build()
				: NimbusReactiveJwtDecoder.withIssuerLocation(issuer).build();
		List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
		validators.add(JwtValidators.createDefaultWithIssuer(issuer));
		String audience = properties.audience();
		if (audience != null && !audience.isBlank()) {
			validators.add(new JwtClaimValidator<List<String>>(JwtClaimNames.AUD,
					(audiences) -> audiences != null && audiences.contains(audience)));
		}
		decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(validators));
		return decoder;
	}

}

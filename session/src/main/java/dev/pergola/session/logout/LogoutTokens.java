package dev.pergola.session.logout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import dev.pergola.session.store.ProviderLogout;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Checks logout tokens as OpenID Connect Back-Channel Logout 1.0, section 2.6, says.
 */
public class LogoutTokens {

	private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

	private static final Duration RECENT = Duration.ofMinutes(2);

	private static final int REMEMBERED = 10_000;

	private final Map<String, ReactiveJwtDecoder> decoders = new ConcurrentHashMap<>();

	// Oldest first. A token is too old before it could be forgotten.
	private final Map<String, Instant> used = new LinkedHashMap<>();

	private final Clock clock;

	/**
	 * Creates the check.
	 * @param clock clock that says whether a token is recent
	 */
	public LogoutTokens(Clock clock) {
		this.clock = clock;
	}

	Mono<ProviderLogout> read(ClientRegistration registration, String token) {
		return this.decoders.computeIfAbsent(registration.getRegistrationId(), (id) -> decoder(registration))
			.decode(token)
			.map((jwt) -> check(registration, jwt));
	}

	private static ReactiveJwtDecoder decoder(ClientRegistration registration) {
		String keys = Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri());
		NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSetUri(keys).jwsAlgorithms((algorithms) -> {
			algorithms.add(SignatureAlgorithm.RS256);
			algorithms.add(SignatureAlgorithm.PS256);
			algorithms.add(SignatureAlgorithm.ES256);
		})
			.jwtProcessorCustomizer((processor) -> processor.setJWSTypeVerifier(
					new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("logout+jwt"), JOSEObjectType.JWT, null)))
			.build();
		// The standard validators would have none but type JWT; see above and below.
		decoder.setJwtValidator(new JwtTimestampValidator());
		return decoder;
	}

	private ProviderLogout check(ClientRegistration registration, Jwt jwt) {
		String issuer = String.valueOf(registration.getProviderDetails().getIssuerUri());
		require(issuer.equals(jwt.getClaimAsString("iss")), "iss");
		require(jwt.getAudience() != null && jwt.getAudience().contains(registration.getClientId()), "aud");
		require(jwt.getClaim("events") instanceof Map<?, ?> events && events.get(EVENT) instanceof Map<?, ?>, "events");
		require(!jwt.hasClaim("nonce"), "nonce");
		String subject = jwt.getSubject();
		@Nullable String providerSession = jwt.getClaimAsString("sid");
		require(subject != null || providerSession != null, "sub and sid");
		Instant issuedAt = jwt.getIssuedAt();
		Instant now = Instant.now(this.clock);
		require(issuedAt != null && Duration.between(issuedAt, now).abs().compareTo(RECENT) <= 0, "iat");
		require(jwt.getId() != null && remember(registration.getRegistrationId() + " " + jwt.getId(), now), "jti");
		return new ProviderLogout(issuer, subject, providerSession);
	}

	private synchronized boolean remember(String id, Instant now) {
		this.used.values().removeIf((at) -> at.isBefore(now.minus(RECENT.multipliedBy(2))));
		return this.used.size() < REMEMBERED && this.used.putIfAbsent(id, now) == null;
	}

	private static void require(boolean right, String claim) {
		if (!right) {
			throw new BadJwtException("logout token: " + claim);
		}
	}

}

package dev.pergola.session.logout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

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

	private final Map<String, ReactiveJwtDecoder> decoders = new ConcurrentHashMap<>();

	private final UsedTokens used;

	private final Clock clock;

	/**
	 * Creates the check.
	 * @param used tokens used before
	 * @param clock clock that says whether a token is recent
	 */
	public LogoutTokens(UsedTokens used, Clock clock) {
		this.used = used;
		this.clock = clock;
	}

	/**
	 * Checks a token, which is used then unless the work fails.
	 * @param work what it is for
	 * @return the work's end;
	 * {@link org.springframework.security.oauth2.jwt.JwtException} when the token is not
	 * good
	 */
	Mono<Void> use(ClientRegistration registration, String token, Function<ProviderLogout, Mono<Void>> work) {
		return this.decoders.computeIfAbsent(registration.getRegistrationId(), (id) -> decoder(registration))
			.decode(token)
			.flatMap(
					(jwt) -> use(registration.getRegistrationId() + " " + jwt.getId(), check(registration, jwt), work));
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
		require(jwt.getId() != null, "jti");
		return new ProviderLogout(issuer, subject, providerSession);
	}

	// Remembered at the end: where the work fails the provider may try again, and to end
	// a session twice does no harm. A token is too old before it is forgotten.
	private Mono<Void> use(String id, ProviderLogout logout, Function<ProviderLogout, Mono<Void>> work) {
		return this.used.isUsed(id)
			.doOnNext((used) -> require(!used, "jti"))
			.flatMap((used) -> work.apply(logout))
			.then(this.used.use(id, RECENT.multipliedBy(2)));
	}

	private static void require(boolean right, String claim) {
		if (!right) {
			throw new BadJwtException("logout token: " + claim);
		}
	}

}

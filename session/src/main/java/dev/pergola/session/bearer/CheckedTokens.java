package dev.pergola.session.bearer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Access tokens that were checked: a program sends the same one for minutes, and its
 * signature is worked out once. Only what passed the check is remembered, so that nobody
 * can fill the memory with tokens of their own.
 */
public final class CheckedTokens {

	private final Cache<String, Jwt> checked;

	private final Clock clock;

	/**
	 * Remembers nothing yet.
	 * @param properties how many and for how long
	 * @param clock clock that says when a token has expired
	 */
	public CheckedTokens(BearerProperties properties, Clock clock) {
		this.clock = clock;
		this.checked = Caffeine.newBuilder()
			.maximumSize(properties.maxKept())
			.expireAfter(Expiry.creating((String token, Jwt jwt) -> kept(jwt, properties.kept())))
			.build();
	}

	/**
	 * The same decoder, asked once for each token.
	 * @param decoder checks signature, issuer, audience and times
	 * @return remembers what passed
	 */
	public ReactiveJwtDecoder over(ReactiveJwtDecoder decoder) {
		return (token) -> {
			Jwt known = this.checked.getIfPresent(token);
			return (known != null && !isExpired(known)) ? Mono.just(known)
					: decoder.decode(token).doOnNext((jwt) -> this.checked.put(token, jwt));
		};
	}

	/**
	 * Tokens that are remembered.
	 * @return about as many
	 */
	public long size() {
		return this.checked.estimatedSize();
	}

	private Duration kept(Jwt jwt, Duration longest) {
		Instant expiresAt = jwt.getExpiresAt();
		Duration left = (expiresAt != null) ? Duration.between(Instant.now(this.clock), expiresAt) : longest;
		return left.isNegative() ? Duration.ZERO : (left.compareTo(longest) < 0) ? left : longest;
	}

	private boolean isExpired(Jwt jwt) {
		Instant expiresAt = jwt.getExpiresAt();
		return expiresAt != null && !Instant.now(this.clock).isBefore(expiresAt);
	}

}

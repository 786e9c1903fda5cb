package dev.pergola.session.bearer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CheckedTokensTests {

	private final Instant now = Instant.now();

	private final AtomicInteger checks = new AtomicInteger();

	private ReactiveJwtDecoder decoder(int max, Duration kept, Clock clock, Instant expiresAt) {
		return new CheckedTokens(new BearerProperties(max, kept), clock).over((token) -> {
			this.checks.incrementAndGet();
			if (token.startsWith("bad")) {
				return Mono.error(new BadJwtException("bad"));
			}
			return Mono.just(Jwt.withTokenValue(token)
				.header("alg", "RS256")
				.subject(token)
				.issuedAt(this.now.minusSeconds(60))
				.expiresAt(expiresAt)
				.build());
		});
	}

	private ReactiveJwtDecoder decoder(Instant expiresAt) {
		return decoder(100, Duration.ofMinutes(5), Clock.fixed(this.now, ZoneOffset.UTC), expiresAt);
	}

	@Test
	void aTokenIsCheckedOnce() {
		ReactiveJwtDecoder decoder = decoder(this.now.plusSeconds(60));
		for (int i = 0; i < 5; i++) {
			assertThat(decoder.decode("good").map(Jwt::getSubject).block()).isEqualTo("good");
		}
		assertThat(decoder.decode("other").map(Jwt::getSubject).block()).isEqualTo("other");
		assertThat(this.checks).hasValue(2);
	}

	@Test
	void whatFailedIsCheckedAgain() {
		ReactiveJwtDecoder decoder = decoder(this.now.plusSeconds(60));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> decoder.decode("bad").block());
		}
		assertThat(this.checks).hasValue(2);
	}

	@Test
	void aTokenThatExpiredIsCheckedAgain() {
		ReactiveJwtDecoder decoder = decoder(this.now.minusSeconds(1));
		decoder.decode("good").block();
		decoder.decode("good").block();
		assertThat(this.checks).hasValue(2);
	}

	@Test
	void withoutRoomEveryTokenIsChecked() {
		ReactiveJwtDecoder decoder = decoder(0, Duration.ZERO, Clock.systemUTC(), this.now.plusSeconds(60));
		decoder.decode("good").block();
		decoder.decode("good").block();
		assertThat(this.checks).hasValue(2);
	}

}

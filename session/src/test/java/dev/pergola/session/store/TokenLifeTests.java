package dev.pergola.session.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.security.oauth2.core.OAuth2AccessToken;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("bff-24")
class TokenLifeTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void aTokenIsDueAfterFourFifthsOfItsLife() {
		assertThat(life(0).dueAt(token(START, 600))).isEqualTo(START.plusSeconds(480));
		assertThat(life(479).isDue(token(START, 600))).isFalse();
		assertThat(life(480).isDue(token(START, 600))).isTrue();
		assertThat(life(480).isFresh(token(START, 600))).isTrue();
		assertThat(life(570).isFresh(token(START, 600))).isFalse();
	}

	@Test
	void aShortLifeIsRenewedBeforeItEndsEarly() {
		assertThat(life(0).dueAt(token(START, 60))).isEqualTo(START.plusSeconds(24));
		assertThat(life(25).isFresh(token(START, 60))).isTrue();
	}

	@Test
	void aTokenThatIsNeverFreshIsAlwaysDue() {
		assertThat(life(0).isFresh(token(START, 10))).isFalse();
		assertThat(life(0).isDue(token(START, 10))).isTrue();
	}

	@Test
	void withoutABeginningOnlyTheEndCounts() {
		assertThat(life(0).dueAt(token(null, 600))).isEqualTo(START.plusSeconds(570));
	}

	@Test
	void aLifeOfThousandsOfYearsHasItsFourFifths() {
		assertThat(life(0).dueAt(token(START, 250_000_000_000L))).isEqualTo(START.plusSeconds(200_000_000_000L));
	}

	@Test
	void aTokenThatDoesNotExpireIsNeverDue() {
		OAuth2AccessToken forever = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "a", START, null);
		assertThat(life(1_000_000).isDue(forever)).isFalse();
		assertThat(life(1_000_000).isFresh(forever)).isTrue();
	}

	private static TokenLife life(long secondsLater) {
		return new TokenLife(Duration.ofSeconds(30), Clock.fixed(START.plusSeconds(secondsLater), ZoneOffset.UTC));
	}

	private static OAuth2AccessToken token(@Nullable Instant issuedAt, long seconds) {
		return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "a", issuedAt, START.plusSeconds(seconds));
	}

}

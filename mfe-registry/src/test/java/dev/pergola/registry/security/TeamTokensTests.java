package dev.pergola.registry.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import dev.pergola.registry.team.TeamToken;

import static org.assertj.core.api.Assertions.assertThat;

class TeamTokensTests {

	private static final Instant NOW = Instant.parse("2026-11-22T18:00:00Z");

	@Test
	void endsATokenAtItsInstantAndWhenItIsRevoked() {
		TeamToken token = new TeamToken("id", "partners", "ci", NOW, "ada", NOW.plusSeconds(60), null);
		assertThat(token.isValid(NOW.plusSeconds(59))).isTrue();
		assertThat(token.isValid(NOW.plusSeconds(60))).isFalse();
		TeamToken revoked = new TeamToken("id", "partners", "ci", NOW, "ada", NOW.plusSeconds(60), NOW);
		assertThat(revoked.isValid(NOW)).isFalse();
	}

	@Test
	void countsFailuresOfAnAddressForAMinute() {
		AtomicReference<Instant> now = new AtomicReference<>(NOW);
		FailureLimit limit = new FailureLimit(2, new Clock() {
			@Override
			public Instant instant() {
				return now.get();
			}

			@Override
			public java.time.ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(java.time.ZoneId zone) {
				return this;
			}
		});
		assertThat(limit.isPast("10.0.0.1")).isFalse();
		assertThat(limit.isPast("10.0.0.1")).isFalse();
		assertThat(limit.isPast("10.0.0.1")).isTrue();
		assertThat(limit.isPast("10.0.0.2")).isFalse();
		now.set(NOW.plus(Duration.ofMinutes(1)));
		assertThat(limit.isPast("10.0.0.1")).isFalse();
	}

}

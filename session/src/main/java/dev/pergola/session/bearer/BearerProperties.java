package dev.pergola.session.bearer;

import java.time.Duration;

import jakarta.validation.constraints.PositiveOrZero;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of calls that bring their own access token.
 *
 * @param maxKept Number of access tokens whose check is remembered; 0 for none.
 * @param kept Time the check of an access token is remembered, at most until it expires.
 * A key the issuer withdraws counts for as long.
 */
@Validated
@ConfigurationProperties("pergola.session.bearer")
public record BearerProperties(@DefaultValue("10000") @PositiveOrZero int maxKept, @DefaultValue("5m") Duration kept) {

	public BearerProperties {
		if (kept.isNegative()) {
			throw new IllegalArgumentException("kept: %s (expected: not below zero)".formatted(kept));
		}
	}

}

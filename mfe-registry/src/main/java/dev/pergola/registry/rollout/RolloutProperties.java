package dev.pergola.registry.rollout;

import java.time.Duration;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of channels.
 *
 * @param maxOverrides Number of persons, tenants, roles and groups one channel may name.
 * @param maxPlans Number of planned changes of one module that are not over.
 * @param horizon How far ahead a change may be planned.
 * @param poll Time between looks for planned changes that are due.
 */
@Validated
@ConfigurationProperties("pergola.registry.rollout")
public record RolloutProperties(@DefaultValue("200") @Positive int maxOverrides,
		@DefaultValue("20") @Positive int maxPlans, @DefaultValue("366d") Duration horizon,
		@DefaultValue("1s") Duration poll) {

	public RolloutProperties {
		if (!horizon.isPositive() || !poll.isPositive()) {
			throw new IllegalArgumentException(
					"pergola.registry.rollout: horizon %s, poll %s (expected: more than nothing)".formatted(horizon,
							poll));
		}
	}

}

package dev.pergola.registry.guard;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of guards.
 *
 * @param interval Time between looks at the rollouts that have a guard.
 * @param lease Time after which another node looks when the one that did is gone.
 */
@ConfigurationProperties("pergola.registry.guard")
public record GuardProperties(@DefaultValue("15s") Duration interval, @DefaultValue("45s") Duration lease) {

	public GuardProperties {
		if (!interval.isPositive() || lease.compareTo(interval) <= 0) {
			throw new IllegalArgumentException(
					"pergola.registry.guard: interval %s, lease %s (expected: more than nothing, the lease longer)"
						.formatted(interval, lease));
		}
	}

}

package dev.pergola.registry.health;

import java.time.Duration;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of reports from browsers.
 *
 * @param maxBody Most bytes a report may have, 256 KB at most.
 * @param maxItems Number of module versions of a report that are counted; more are
 * dropped.
 * @param reportsPerMinute Number of reports of one person and minute, then 429.
 * @param loadsPerMinute Number of loads of one version that count for one person and
 * minute; more are dropped, so that nobody moves a guard alone.
 * @param flush Time between writes of what was counted.
 * @param retention Time after which counts and errors are deleted.
 * @param keptErrors Number of different errors kept of each version, those seen last.
 */
@Validated
@ConfigurationProperties("pergola.registry.health")
public record HealthProperties(@DefaultValue("64KB") DataSize maxBody, @DefaultValue("50") @Positive int maxItems,
		@DefaultValue("30") @Positive int reportsPerMinute, @DefaultValue("10") @Positive int loadsPerMinute,
		@DefaultValue("5s") Duration flush, @DefaultValue("14d") Duration retention,
		@DefaultValue("20") @Positive int keptErrors) {

	private static final DataSize MOST = DataSize.ofKilobytes(256);

	public HealthProperties {
		if (maxBody.toBytes() <= 0 || maxBody.compareTo(MOST) > 0) {
			throw new IllegalArgumentException("max-body: %s (expected: 1B to %s)".formatted(maxBody, MOST));
		}
		if (!flush.isPositive() || !retention.isPositive()) {
			throw new IllegalArgumentException(
					"flush: %s, retention: %s (expected: more than nothing)".formatted(flush, retention));
		}
	}

}

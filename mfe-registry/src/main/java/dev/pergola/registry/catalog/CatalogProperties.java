package dev.pergola.registry.catalog;

import java.time.Duration;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the stream of catalogs.
 *
 * @param heartbeat Time between comment lines of a stream.
 * @param poll Time between looks for writes of other nodes.
 * @param pace Shortest time between two looks that writes cause; more writes in it are
 * seen together.
 * @param listen Whether announcements of PostgreSQL are listened to. Switched off where a
 * connection pooler does not carry them.
 * @param history Number of changes kept for watchers that were away.
 * @param historySize Size of these changes together.
 * @param maxWatchers Number of streams one node may hold open at once.
 * @param writeTimeout Longest time a watcher may take to accept an event.
 */
@Validated
@ConfigurationProperties("pergola.registry.watch")
public record CatalogProperties(@DefaultValue("15s") Duration heartbeat, @DefaultValue("1s") Duration poll,
		@DefaultValue("100ms") Duration pace, @DefaultValue("true") boolean listen,
		@DefaultValue("1000") @Positive int history, @DefaultValue("16MB") DataSize historySize,
		@DefaultValue("2000") @Positive int maxWatchers, @DefaultValue("60s") Duration writeTimeout) {

	public CatalogProperties {
		if (pace.isNegative()) {
			throw new IllegalArgumentException(
					"pergola.registry.watch.pace: %s (expected: nothing or more)".formatted(pace));
		}
		if (!heartbeat.isPositive() || !poll.isPositive() || !writeTimeout.isPositive()) {
			throw new IllegalArgumentException(
					"pergola.registry.watch: heartbeat %s, poll %s, write-timeout %s (expected: more than nothing)"
						.formatted(heartbeat, poll, writeTimeout));
		}
	}

}

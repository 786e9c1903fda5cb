package dev.pergola.registry.catalog;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the stream of catalogs.
 *
 * @param heartbeat Time between comment lines of a stream.
 * @param poll Time between looks for writes of other nodes.
 */
@ConfigurationProperties("pergola.registry.watch")
public record CatalogProperties(@DefaultValue("15s") Duration heartbeat, @DefaultValue("1s") Duration poll) {

	public CatalogProperties {
		if (!heartbeat.isPositive() || !poll.isPositive()) {
			throw new IllegalArgumentException(
					"pergola.registry.watch: heartbeat %s, poll %s (expected: more than nothing)".formatted(heartbeat,
							poll));
		}
	}

}

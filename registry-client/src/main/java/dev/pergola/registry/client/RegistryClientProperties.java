package dev.pergola.registry.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the watch on the registry.
 *
 * @param enabled Whether the registry is watched.
 * @param url Address of the registry, without {@code /registry/v1}.
 * @param serviceToken Secret the registry knows this service by.
 * @param directory Where the last good catalog is kept.
 * @param heartbeat Time between the registry's heartbeats; silence of twice as long ends
 * a connection.
 * @param connectTimeout Longest time for a connection to be made.
 * @param minBackoff Shortest time before a new connection.
 * @param maxBackoff Longest time before a new connection.
 * @param maxCatalogSize Largest catalog that is read.
 * @param keepEvery Shortest time between two writes of the kept catalog.
 */
@ConfigurationProperties("pergola.registry-client")
public record RegistryClientProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("http://localhost:8080") URI url, @Nullable String serviceToken,
		@DefaultValue("var/registry-client") Path directory, @DefaultValue("15s") Duration heartbeat,
		@DefaultValue("5s") Duration connectTimeout, @DefaultValue("200ms") Duration minBackoff,
		@DefaultValue("10s") Duration maxBackoff, @DefaultValue("64MB") DataSize maxCatalogSize,
		@DefaultValue("1s") Duration keepEvery) {

	public RegistryClientProperties {
		if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
			throw new IllegalArgumentException("url: %s (expected: http:// or https:// and a host)".formatted(url));
		}
		checkPositive("heartbeat", heartbeat);
		checkPositive("connectTimeout", connectTimeout);
		checkPositive("minBackoff", minBackoff);
		checkPositive("keepEvery", keepEvery);
		if (maxBackoff.compareTo(minBackoff) < 0) {
			throw new IllegalArgumentException(
					"maxBackoff: %s (expected: minBackoff %s or more)".formatted(maxBackoff, minBackoff));
		}
	}

	private static void checkPositive(String name, Duration duration) {
		if (!duration.isPositive()) {
			throw new IllegalArgumentException("%s: %s (expected: more than nothing)".formatted(name, duration));
		}
	}

	/** The settings without the secret. */
	@Override
	public String toString() {
		return "RegistryClientProperties[url=%s, directory=%s]".formatted(this.url, this.directory);
	}

}

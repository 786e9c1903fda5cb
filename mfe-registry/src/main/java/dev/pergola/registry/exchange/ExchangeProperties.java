package dev.pergola.registry.exchange;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the forms for other hosts.
 *
 * @param publicOrigin Origin the portal has for other hosts, put before the addresses of
 * files. Without it they are paths.
 */
@ConfigurationProperties("pergola.registry.exchange")
public record ExchangeProperties(@Nullable URI publicOrigin) {

	public ExchangeProperties {
		if (publicOrigin != null && (publicOrigin.getHost() == null || !publicOrigin.getPath().isEmpty())) {
			throw new IllegalArgumentException(
					"public-origin: %s (expected: such as https://portal.example.com)".formatted(publicOrigin));
		}
	}

}

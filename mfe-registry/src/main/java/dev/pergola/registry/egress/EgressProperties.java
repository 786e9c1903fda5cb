package dev.pergola.registry.egress;

import java.time.Duration;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what the registry fetches.
 *
 * @param allowedHosts Hosts that may be at a private, loopback or link-local address,
 * such as {@code cdn.internal} or {@code *.internal}.
 * @param connectTimeout Time to open a connection.
 * @param timeout Longest silence of an answer.
 */
@ConfigurationProperties("pergola.registry.egress")
public record EgressProperties(@DefaultValue Set<String> allowedHosts, @DefaultValue("2s") Duration connectTimeout,
		@DefaultValue("10s") Duration timeout) {

	public EgressProperties {
		allowedHosts = Set.copyOf(allowedHosts);
	}

}

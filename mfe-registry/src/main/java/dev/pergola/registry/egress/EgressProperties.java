package dev.pergola.registry.egress;

import java.time.Duration;
import java.util.Set;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what the registry fetches.
 *
 * @param allowedHosts Hosts that may be at a private address, such as
 * {@code cdn.internal} or {@code *.internal}; {@code localhost} and literal addresses may
 * be loopback.
 * @param localHosts Hosts that may be at any address, loopback, link-local and a cloud's
 * metadata included.
 * @param connectTimeout Time to open a connection.
 * @param timeout Longest silence of an answer.
 */
@ConfigurationProperties("pergola.registry.egress")
public record EgressProperties(@DefaultValue Set<String> allowedHosts, @DefaultValue Set<String> localHosts,
		@DefaultValue("2s") Duration connectTimeout, @DefaultValue("10s") Duration timeout) {

	public EgressProperties {
		allowedHosts = Set.copyOf(allowedHosts);
		localHosts = Set.copyOf(localHosts);
	}

}

package dev.pergola.bff.egress;

import java.time.Duration;
import java.util.Set;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of calls to upstreams.
 *
 * @param allowedHosts Hosts that may be at a private address, such as
 * {@code partnerships.internal} or {@code *.internal}; {@code localhost} and literal
 * addresses may be loopback.
 * @param localHosts Hosts that may be at any address, loopback, link-local and a cloud's
 * metadata included.
 * @param connectTimeout Time to open a connection.
 * @param maxConnections Number of connections to one upstream.
 * @param maxPending Number of calls that wait for a connection to one upstream.
 * @param pendingTimeout Time a call waits for a connection.
 * @param maxStreamConnections Number of connections to one upstream that carry streams.
 * @param maxIdle Time an unused connection is kept; below the upstreams' own.
 * @param maxLife Time after which a connection is replaced.
 * @param maxHeaderSize Size of an upstream's response headers.
 * @param maxAnswer Size of an answer of an upstream that is no stream.
 */
@Validated
@ConfigurationProperties("pergola.bff.egress")
public record EgressProperties(@DefaultValue Set<String> allowedHosts, @DefaultValue Set<String> localHosts,
		@DefaultValue("1s") Duration connectTimeout, @DefaultValue("128") @Positive int maxConnections,
		@DefaultValue("256") @Positive int maxPending, @DefaultValue("2s") Duration pendingTimeout,
		@DefaultValue("1000") @Positive int maxStreamConnections, @DefaultValue("20s") Duration maxIdle,
		@DefaultValue("5m") Duration maxLife, @DefaultValue("16KB") DataSize maxHeaderSize,
		@DefaultValue("1GB") DataSize maxAnswer) {

	public EgressProperties {
		allowedHosts = Set.copyOf(allowedHosts);
		localHosts = Set.copyOf(localHosts);
	}

}

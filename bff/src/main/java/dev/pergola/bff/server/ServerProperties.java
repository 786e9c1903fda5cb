package dev.pergola.bff.server;

import java.time.Duration;
import java.util.Set;

import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the connections clients open.
 *
 * @param idleTimeout Time a connection may be unused between two requests.
 * @param headTimeout Time from the first byte of a request to the end of its headers.
 * @param readTimeout Time between two pieces of a request's body.
 * @param requestTimeout Time a whole request may take to come in.
 * @param writeTimeout Time a client may take nothing of an answer that waits for it.
 * @param peerTimeout Time after which a client that acknowledges nothing is gone, where
 * the platform can tell (Linux).
 * @param maxKeepAliveRequests Number of requests a connection is used for.
 * @param maxRequestLine Length of method, path and query together.
 * @param maxHeaderSize Size of all headers of a request.
 * @param maxHeaders Number of headers of a request.
 * @param maxBody Size of the body of a request.
 * @param maxUpload Size of the body of a request to the registry.
 * @param trustedProxies Networks whose programs may say where a request came from, as
 * addresses or CIDR blocks.
 * @param forwardedBy Headers these programs say it with.
 * @param http2 Limits of HTTP/2.
 */
@Validated
@ConfigurationProperties("pergola.bff.server")
public record ServerProperties(@DefaultValue("60s") Duration idleTimeout, @DefaultValue("10s") Duration headTimeout,
		@DefaultValue("20s") Duration readTimeout, @DefaultValue("2m") Duration requestTimeout,
		@DefaultValue("60s") Duration writeTimeout, @DefaultValue("30s") Duration peerTimeout,
		@DefaultValue("10000") @Positive int maxKeepAliveRequests, @DefaultValue("64KB") DataSize maxRequestLine,
		@DefaultValue("8KB") DataSize maxHeaderSize, @DefaultValue("100") @Positive int maxHeaders,
		@DefaultValue("10MB") DataSize maxBody, @DefaultValue("32MB") DataSize maxUpload,
		@DefaultValue Set<String> trustedProxies, @DefaultValue("x-forwarded") ForwardedBy forwardedBy,
		@DefaultValue Http2 http2) {

	public ServerProperties {
		trustedProxies = Set.copyOf(trustedProxies);
	}

	/**
	 * Limits of HTTP/2.
	 *
	 * @param maxStreams Number of requests open on one connection at once.
	 * @param maxResets Number of requests a client may take back in a window of resets.
	 * @param maxForcedResets Number of requests a client may make the bff take back in a
	 * window of resets.
	 * @param resetWindow Time these are counted over.
	 */
	public record Http2(@DefaultValue("100") @Positive int maxStreams, @DefaultValue("200") @Positive int maxResets,
			@DefaultValue("200") @Positive int maxForcedResets, @DefaultValue("30s") Duration resetWindow) {

	}

}

package dev.pergola.bff.server;

import reactor.netty.http.Http2SettingsSpec;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/** Tells the web server its limits; none of them is set by default. */
final class ServerLimits implements NettyServerCustomizer {

	private final ServerProperties properties;

	private final TrustedProxies proxies;

	ServerLimits(ServerProperties properties, TrustedProxies proxies) {
		this.properties = properties;
		this.proxies = proxies;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return forwarded(server).idleTimeout(this.properties.idleTimeout())
			.readTimeout(this.properties.readTimeout())
			.requestTimeout(this.properties.requestTimeout())
			.httpRequestDecoder((spec) -> spec.maxHeaderSize(bytes(this.properties.maxHeaderSize().toBytes()))
				.maxInitialLineLength(bytes(this.properties.maxRequestLine().toBytes())))
			.http2Settings(this::limit);
	}

	/** On some platforms Spring Boot believes everybody. */
	private HttpServer forwarded(HttpServer server) {
		return this.proxies.isEmpty() ? server.noForwarded() : server.forwarded(new ProxiedConnections(this.proxies));
	}

	private void limit(Http2SettingsSpec.Builder settings) {
		ServerProperties.Http2 http2 = this.properties.http2();
		int window = Math.toIntExact(http2.resetWindow().toSeconds());
		settings.maxConcurrentStreams(http2.maxStreams())
			.maxStreams(this.properties.maxKeepAliveRequests())
			.maxHeaderListSize(this.properties.maxHeaderSize().toBytes())
			.maxDecodedRstFramesPerWindow(http2.maxResets(), window)
			.maxEncodedRstFramesPerWindow(http2.maxForcedResets(), window);
	}

	private static int bytes(long size) {
		return Math.toIntExact(size);
	}

}

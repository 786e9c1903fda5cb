package dev.pergola.bff.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import org.jspecify.annotations.Nullable;
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
		return forwarded(server).childOption(ChannelOption.SO_KEEPALIVE, true)
			.doOnChannelInit((observer, channel, remote) -> watch(channel))
			.idleTimeout(this.properties.idleTimeout())
			.readTimeout(this.properties.readTimeout())
			.requestTimeout(this.properties.requestTimeout())
			.httpRequestDecoder((spec) -> spec.maxHeaderSize(bytes(this.properties.maxHeaderSize().toBytes()))
				.maxInitialLineLength(bytes(this.properties.maxRequestLine().toBytes())))
			.http2Settings(this::limit);
	}

	/**
	 * A client whose machine or network went away says nothing. TCP alone would send it
	 * the same bytes for a quarter of an hour before it gave up, and ask one that is
	 * silent for the first time after two hours.
	 */
	private void watch(@Nullable Channel channel) {
		if (channel instanceof EpollSocketChannel socket) {
			int millis = Math.toIntExact(this.properties.peerTimeout().toMillis());
			int seconds = Math.max(1, millis / 1000);
			socket.config().setTcpUserTimeout(millis).setTcpKeepIdle(seconds).setTcpKeepIntvl(Math.max(1, seconds / 3));
		}
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

package dev.pergola.bff.server;

import java.net.InetSocketAddress;
import java.util.function.BiFunction;

import io.netty.handler.codec.http.HttpRequest;
import reactor.netty.http.server.ConnectionInfo;

/** Tells the web server where requests came from, as far as trusted proxies say. */
final class ProxiedConnections implements BiFunction<ConnectionInfo, HttpRequest, ConnectionInfo> {

	private final TrustedProxies proxies;

	ProxiedConnections(TrustedProxies proxies) {
		this.proxies = proxies;
	}

	@Override
	public ConnectionInfo apply(ConnectionInfo connection, HttpRequest request) {
		Origin origin = this.proxies.origin(connection.getRemoteAddress(), request.headers());
		if (origin == null) {
			return connection;
		}
		ConnectionInfo told = connection.withRemoteAddress(origin.client());
		boolean moved = origin.scheme() != null && !origin.scheme().equals(connection.getScheme());
		if (origin.scheme() != null) {
			told = told.withScheme(origin.scheme());
		}
		String host = (origin.host() != null) ? origin.host() : moved ? request.headers().get("host") : null;
		return (host != null) ? host(told, host) : told;
	}

	private static ConnectionInfo host(ConnectionInfo told, String host) {
		int colon = host.lastIndexOf(':');
		boolean withPort = colon > host.lastIndexOf(']') && colon < host.length() - 1;
		String name = withPort ? host.substring(0, colon) : host;
		int port = withPort ? port(host.substring(colon + 1)) : ConnectionInfo.getDefaultHostPort(told.getScheme());
		return told.withHostAddress(InetSocketAddress.createUnresolved(name, port), name, port);
	}

	private static int port(String text) {
		try {
			int port = Integer.parseInt(text);
			return (port > 0 && port <= 65535) ? port : 80;
		}
		catch (NumberFormatException ex) {
			return 80;
		}
	}

}

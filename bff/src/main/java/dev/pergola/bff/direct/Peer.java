package dev.pergola.bff.direct;

import java.net.InetSocketAddress;

import dev.pergola.bff.server.Origin;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a browser's connection.
 *
 * @param socket its address and port, {@code null} when there is none
 * @param address IP address, empty when there is none
 * @param scheme of the connection
 * @param host name and port a trusted proxy says, {@code null} when none did
 */
record Peer(@Nullable InetSocketAddress socket, AsciiString address, AsciiString scheme, @Nullable String host) {

	private static final AsciiString FOR = AsciiString.cached("x-forwarded-for");

	private static final AsciiString PROTO = AsciiString.cached("x-forwarded-proto");

	private static final AsciiString HOST = AsciiString.cached("x-forwarded-host");

	private static final AsciiString PORT = AsciiString.cached("x-forwarded-port");

	private static final AsciiString HTTP = AsciiString.cached("http");

	private static final AsciiString HTTPS = AsciiString.cached("https");

	private static final AsciiString HTTP_PORT = AsciiString.cached("80");

	private static final AsciiString HTTPS_PORT = AsciiString.cached("443");

	static Peer of(Channel channel) {
		InetSocketAddress socket = (channel.remoteAddress() instanceof InetSocketAddress peer) ? peer : null;
		String address = (socket != null && socket.getAddress() != null) ? socket.getAddress().getHostAddress() : "";
		return new Peer(socket, Ascii.of(address), (channel.pipeline().get(SslHandler.class) != null) ? HTTPS : HTTP,
				null);
	}

	/** The client behind this, when this is a proxy. */
	Peer behind(@Nullable Origin origin) {
		if (origin == null) {
			return this;
		}
		AsciiString told = "https".equals(origin.scheme()) ? HTTPS
				: "http".equals(origin.scheme()) ? HTTP : this.scheme;
		return new Peer(origin.client(), Ascii.of(origin.client().getAddress().getHostAddress()), told, origin.host());
	}

	/**
	 * Says where a request came from.
	 * @param named host the request itself names
	 */
	void forward(HttpHeaders headers, String named) {
		String host = (this.host != null) ? this.host : named;
		if (!this.address.isEmpty()) {
			headers.set(FOR, this.address);
		}
		headers.set(PROTO, this.scheme);
		headers.set(HOST, Ascii.of(host));
		headers.set(PORT, port(host));
	}

	private AsciiString port(String host) {
		int colon = host.lastIndexOf(':');
		if (colon > host.lastIndexOf(']') && colon < host.length() - 1) {
			return Ascii.of(host.substring(colon + 1));
		}
		return (this.scheme == HTTPS) ? HTTPS_PORT : HTTP_PORT;
	}

}

package dev.pergola.bff.direct;

import javax.net.ssl.SSLException;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;

/** TLS to upstreams, with the certificates Java trusts; names are checked. */
final class UpstreamTls {

	private final SslContext context;

	UpstreamTls() {
		try {
			this.context = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS").build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("TLS to upstreams cannot be set up", ex);
		}
	}

	Handlers of(String host, int port) {
		return (allocator) -> this.context.newHandler(allocator, host, port);
	}

	/** Makes a handler for each connection. */
	interface Handlers {

		SslHandler create(ByteBufAllocator allocator);

	}

}

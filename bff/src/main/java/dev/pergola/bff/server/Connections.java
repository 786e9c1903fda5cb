package dev.pergola.bff.server;

import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import reactor.netty.NettyPipeline;

/**
 * Sets the connections of clients up. With HTTP/2, where a connection is many, only
 * frames are looked at here; the web filters do the rest.
 */
final class Connections {

	private static final String NAME = "pergola.connection";

	private final List<ConnectionPart> parts;

	private final Guards guards;

	Connections(List<ConnectionPart> parts, Guards guards) {
		this.parts = List.copyOf(parts);
		this.guards = guards;
	}

	/** Sets a new connection up; on its event loop. */
	void install(Channel channel) {
		if (channel.pipeline().get(NettyPipeline.HttpTrafficHandler) != null) {
			this.parts.forEach((part) -> part.add(channel));
		}
		else if (channel.pipeline().get(NettyPipeline.H2OrHttp11Codec) != null) {
			channel.pipeline().addAfter(NettyPipeline.H2OrHttp11Codec, NAME, new AfterHandshake());
		}
	}

	/** Waits until it is known whether the connection is HTTP/1.1. */
	private final class AfterHandshake extends ChannelInboundHandlerAdapter {

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			context.fireUserEventTriggered(event);
			if (event instanceof SslHandshakeCompletionEvent) {
				if (context.pipeline().get(NettyPipeline.HttpTrafficHandler) != null) {
					Connections.this.parts.forEach((part) -> part.add(context.channel()));
				}
				else if (context.pipeline().get(NettyPipeline.H2MultiplexHandler) != null) {
					Connections.this.guards.addToStreams(context.channel());
				}
				context.pipeline().remove(this);
			}
		}

	}

}

package dev.pergola.bff.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Stands before the codec and tells the guard behind it that bytes came. */
final class BytesSeen extends ChannelInboundHandlerAdapter {

	private final RequestGuard guard;

	private boolean seen;

	BytesSeen(RequestGuard guard) {
		this.guard = guard;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object bytes) {
		this.seen = true;
		context.fireChannelRead(bytes);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.seen) {
			this.seen = false;
			this.guard.onBytes(context);
		}
		context.fireChannelReadComplete();
	}

}

package dev.pergola.bff.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Gives up on a client that takes nothing of its answer: the upstream's connection waits
 * with it, and others may need that.
 */
final class StallWatch extends ChannelInboundHandlerAdapter {

	private final long millis;

	private @Nullable Future<?> timer;

	StallWatch(Duration timeout) {
		this.millis = timeout.toMillis();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		stop();
		if (!context.channel().isWritable()) {
			this.timer = context.executor().schedule(() -> context.close(), this.millis, TimeUnit.MILLISECONDS);
		}
		context.fireChannelWritabilityChanged();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		stop();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		stop();
	}

	private void stop() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

}

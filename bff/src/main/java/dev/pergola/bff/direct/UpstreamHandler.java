package dev.pergola.bff.direct;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection to an upstream: gives what comes to the call that has leased
 * it. What comes unasked ends the connection.
 */
final class UpstreamHandler extends ChannelInboundHandlerAdapter {

	private final UpstreamInitializer initializer;

	private final long wornOutAt;

	private @Nullable DirectExchange exchange;

	/**
	 * Creates the handler.
	 * @param initializer of the pool the connection belongs to
	 * @param maxLife time after which the connection is not leased again; a tenth more or
	 * less, so that connections opened together do not end together
	 */
	UpstreamHandler(UpstreamInitializer initializer, Duration maxLife) {
		this.initializer = initializer;
		long life = maxLife.toNanos();
		this.wornOutAt = System.nanoTime() + life - ThreadLocalRandom.current().nextLong(life / 5 + 1);
	}

	static UpstreamHandler of(Channel channel) {
		return channel.pipeline().get(UpstreamHandler.class);
	}

	/** Whether a connection may be leased; one that is closed has no handlers. */
	static boolean isGood(Channel channel) {
		return channel.isActive() && System.nanoTime() - of(channel).wornOutAt < 0;
	}

	boolean isOf(UpstreamInitializer pool) {
		return this.initializer == pool;
	}

	void lease(DirectExchange leasedBy) {
		this.exchange = leasedBy;
	}

	void giveBack() {
		this.exchange = null;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.exchange != null) {
			this.exchange.onUpstream(message);
			return;
		}
		ReferenceCountUtil.release(message);
		context.close();
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.exchange != null) {
			this.exchange.onUpstreamPause();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		fail(new ClosedChannelException());
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		fail(cause);
		context.close();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		// An answer that takes its time is the call's to judge.
		if (event instanceof IdleStateEvent && this.exchange == null) {
			context.close();
		}
	}

	private void fail(Throwable cause) {
		if (this.exchange != null) {
			this.exchange.onUpstreamFailure(cause);
		}
	}

}

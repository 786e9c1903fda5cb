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

	private @Nullable UpstreamSide exchange;

	/** Whether the answer is whole, while what came along with its end is looked at. */
	private boolean answered;

	private boolean spoiled;

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
		if (!channel.isActive()) {
			return false;
		}
		UpstreamHandler handler = of(channel);
		return !handler.spoiled && System.nanoTime() - handler.wornOutAt < 0;
	}

	boolean isOf(UpstreamInitializer pool) {
		return this.initializer == pool;
	}

	/** Whether a call waits for an answer, or the rest of it. */
	boolean isWaiting() {
		return this.exchange != null && !this.answered;
	}

	/** Whether it is one without a body, whatever its head says. */
	boolean isHead() {
		return this.exchange != null && this.exchange.isHead();
	}

	void lease(UpstreamSide leasedBy) {
		this.exchange = leasedBy;
	}

	/**
	 * The answer is whole. The connection stays leased for the rest of this read: what
	 * else comes with it would be taken for the answer to the next call.
	 */
	void answered() {
		this.answered = true;
	}

	/** Ends the lease of a connection that is not used again, unless it can be. */
	void giveBack(boolean reusable) {
		this.exchange = null;
		this.spoiled |= !reusable;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.exchange != null && !this.answered) {
			this.exchange.onUpstream(message);
			return;
		}
		ReferenceCountUtil.release(message);
		close(context);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.answered) {
			end();
		}
		else if (this.exchange != null) {
			this.exchange.onUpstreamPause();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.answered) {
			end();
		}
		else {
			fail(new ClosedChannelException());
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		fail(cause);
		close(context);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		// An answer that takes its time is the call's to judge.
		if (event instanceof IdleStateEvent && this.exchange == null) {
			close(context);
		}
	}

	// With TLS it takes a while.
	private void close(ChannelHandlerContext context) {
		this.spoiled = true;
		context.close();
	}

	private void end() {
		UpstreamSide done = this.exchange;
		this.answered = false;
		if (done != null) {
			done.onUpstreamEnd();
		}
	}

	private void fail(Throwable cause) {
		if (this.exchange != null) {
			this.exchange.onUpstreamFailure(cause);
		}
	}

}

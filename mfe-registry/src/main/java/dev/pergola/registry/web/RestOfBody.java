package dev.pergola.registry.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Watches what still comes of a body after its request was answered. A client that sends
 * all before it reads has to get rid of it to see the answer; one that does not end is
 * cut off.
 */
final class RestOfBody extends ChannelInboundHandlerAdapter {

	private final long allowedBytes;

	private final Duration allowedTime;

	private @Nullable ChannelHandlerContext context;

	private @Nullable Future<?> end;

	private long restBytes;

	RestOfBody(long allowedBytes, Duration allowedTime) {
		this.allowedBytes = allowedBytes;
		this.allowedTime = allowedTime;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		this.context = null;
		if (this.end != null) {
			this.end.cancel(false);
		}
	}

	/** Called by the event loop when the answer begins. */
	void answered() {
		ChannelHandlerContext waiting = this.context;
		if (waiting != null && this.end == null) {
			this.end = waiting.executor()
				.schedule(() -> waiting.close(), this.allowedTime.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.end != null && message instanceof HttpContent content) {
			this.restBytes += content.content().readableBytes();
		}
		if (this.restBytes > this.allowedBytes) {
			ReferenceCountUtil.release(message);
			context.close();
			return;
		}
		if (message instanceof HttpRequest || message instanceof LastHttpContent) {
			context.pipeline().remove(this);
		}
		context.fireChannelRead(message);
	}

}

package dev.pergola.bff.direct;

import java.time.Duration;

import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Takes the web server's look at idle connections away while an answer takes long: it
 * sees no request of its own and would close.
 */
final class IdlePause {

	private final @Nullable Duration timeout;

	private boolean awake;

	/**
	 * Creates the pauses of one connection.
	 * @param timeout time after which the web server closes a connection nobody uses
	 */
	IdlePause(@Nullable Duration timeout) {
		this.timeout = timeout;
	}

	void begin(ChannelHandlerContext context) {
		if (!this.awake && this.timeout != null && context.pipeline().get(NettyPipeline.IdleTimeoutHandler) != null) {
			context.pipeline().remove(NettyPipeline.IdleTimeoutHandler);
			this.awake = true;
		}
	}

	/**
	 * Ends the pause, if there is one.
	 * @param unused whether no request is open
	 */
	void end(ChannelHandlerContext context, boolean unused) {
		if (!this.awake) {
			return;
		}
		this.awake = false;
		if (unused && this.timeout != null && context.channel().isActive()
				&& context.pipeline().get(NettyPipeline.IdleTimeoutHandler) == null) {
			context.pipeline().addBefore(context.name(), NettyPipeline.IdleTimeoutHandler, new IdleClose(this.timeout));
		}
	}

}

package dev.pergola.bff.direct;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;

/** Closes a browser's connection nobody has used for a while, as the web server does. */
final class IdleClose extends IdleStateHandler {

	IdleClose(Duration timeout) {
		super(timeout.toMillis(), 0, 0, TimeUnit.MILLISECONDS);
	}

	@Override
	protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
		context.close();
	}

}

package dev.pergola.bff.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The last answer on a connection, and its end: not before the client could read, as what
 * is closed with bytes unread takes the answer along, but in any case, also when the
 * client takes nothing.
 */
final class Farewell {

	/** Time a client has to read the last answer before the connection is cut. */
	private static final Duration LINGER = Duration.ofSeconds(1);

	private final Duration writeTimeout;

	private @Nullable Future<?> timer;

	/**
	 * Creates the end of one connection.
	 * @param writeTimeout time the client may take nothing of the answer
	 */
	Farewell(Duration writeTimeout) {
		this.writeTimeout = writeTimeout;
	}

	/**
	 * Writes the answer and ends the connection.
	 * @param answer as the codec takes it
	 */
	void say(ChannelHandlerContext context, Object answer) {
		cutAfter(context, this.writeTimeout);
		context.writeAndFlush(answer).addListener((done) -> leave(context));
	}

	private void leave(ChannelHandlerContext context) {
		Channel channel = context.channel();
		SslHandler tls = context.pipeline().get(SslHandler.class);
		if (tls != null) {
			tls.closeOutbound();
		}
		else if (channel instanceof DuplexChannel duplex) {
			duplex.shutdownOutput();
		}
		cutAfter(context, LINGER);
		context.read();
	}

	private void cutAfter(ChannelHandlerContext context, Duration time) {
		if (this.timer != null) {
			this.timer.cancel(false);
		}
		this.timer = context.executor().schedule(() -> context.close(), time.toMillis(), TimeUnit.MILLISECONDS);
	}

}

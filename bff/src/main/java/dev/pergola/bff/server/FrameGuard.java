package dev.pergola.bff.server;

import java.util.function.Consumer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Resets streams of HTTP/2 that cannot become a request line of HTTP/1.1. Netty finds
 * that out too, but loses a buffer each time, so that a client could use up the memory.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {

	private static final Refusal REFUSAL = Refusal.malformed("The request line cannot be written.");

	private final Consumer<Refusal> refused;

	FrameGuard(Consumer<Refusal> refused) {
		this.refused = refused;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof Http2HeadersFrame frame) || isWritable(frame.headers())) {
			context.fireChannelRead(message);
			return;
		}
		ReferenceCountUtil.release(message);
		this.refused.accept(REFUSAL);
		context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR).stream(frame.stream()));
	}

	/** Trailers have no method. */
	private static boolean isWritable(Http2Headers headers) {
		CharSequence method = headers.method();
		CharSequence path = headers.path();
		if (method == null) {
			return path == null;
		}
		return RequestRules.isToken(method.toString()) && path != null && RequestRules.isPath(path.toString());
	}

}

package dev.pergola.bff.direct;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/**
 * Reads an upstream's answers, and nothing while no call waits for one: half a head that
 * came unasked would be the beginning of the next call's answer.
 */
final class AnswerDecoder extends HttpResponseDecoder {

	private final UpstreamHandler handler;

	AnswerDecoder(HttpDecoderConfig config, UpstreamHandler handler) {
		super(config);
		this.handler = handler;
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) throws Exception {
		if (this.handler.isWaiting()) {
			super.decode(context, buffer, out);
			return;
		}
		buffer.skipBytes(buffer.readableBytes());
		// Tells that there was something.
		out.add(Unpooled.EMPTY_BUFFER);
	}

	@Override
	protected boolean isContentAlwaysEmpty(HttpMessage message) {
		return this.handler.isHead() || super.isContentAlwaysEmpty(message);
	}

}

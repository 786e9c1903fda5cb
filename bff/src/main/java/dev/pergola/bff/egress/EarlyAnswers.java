package dev.pergola.bff.egress;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Leaves out what an upstream says before its answer (RFC 9110 section 15.2), such as 103
 * with hints: the client takes the first head it sees for the answer and would wait for
 * its end.
 */
final class EarlyAnswers extends ChannelInboundHandlerAdapter {

	private boolean early;

	private boolean leftOut;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpResponse answer) {
			this.early = answer.status().codeClass() == HttpStatusClass.INFORMATIONAL
					&& !answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
		}
		if (!this.early) {
			context.fireChannelRead(message);
			return;
		}
		this.leftOut = true;
		if (message instanceof LastHttpContent) {
			this.early = false;
		}
		ReferenceCountUtil.release(message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.fireChannelReadComplete();
		if (this.leftOut) {
			this.leftOut = false;
			// Nobody knows that something came, and asks for more.
			context.read();
		}
	}

}

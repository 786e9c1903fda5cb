package dev.pergola.bff.server;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind the codec of a connection and before both ways through the bff. What is
 * not in order it answers itself, after the answers that are still to come for earlier
 * requests, and then ends the connection: nobody can say where the next request begins.
 */
final class RequestGuard extends ChannelDuplexHandler {

	private final RequestRules rules;

	private final Duration headTimeout;

	private final int maxRequests;

	private final Map<String, String> always;

	private final Consumer<Refusal> refused;

	private final Farewell farewell;

	private int requests;

	/** Requests whose answers are not complete. */
	private int open;

	private boolean informing;

	/** Whether the answer to the oldest open request has begun. */
	private boolean answering;

	/** Whether the rest of a request is still to come. */
	private boolean receiving;

	private long bodyLeft;

	/** Whether what came last was read to its end. */
	private boolean messageRead;

	/** Whether nothing more is read: a refusal waits for its turn, or was said. */
	private boolean deaf;

	private boolean mute;

	/** Whether the connection ends with the request that came last. */
	private boolean last;

	private @Nullable Refusal refusal;

	/** Open requests when the refusal's turn has come. */
	private int turn;

	private @Nullable Future<?> headTimer;

	/**
	 * Creates the guard of one connection.
	 * @param writeTimeout time a client may take nothing of a refusal
	 * @param maxRequests requests after which the connection ends
	 * @param always headers every response of the portal has
	 * @param refused hears of each refusal
	 */
	RequestGuard(RequestRules rules, Duration headTimeout, Duration writeTimeout, int maxRequests,
			Map<String, String> always, Consumer<Refusal> refused) {
		this.rules = rules;
		this.headTimeout = headTimeout;
		this.maxRequests = maxRequests;
		this.always = always;
		this.refused = refused;
		this.farewell = new Farewell(writeTimeout);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.messageRead = true;
		if (this.deaf || (this.last && !this.receiving)) {
			ReferenceCountUtil.release(message);
		}
		else if (message instanceof HttpRequest request) {
			onHead(context, request);
		}
		else if (message instanceof HttpContent content) {
			onContent(context, content);
		}
		else {
			// Another protocol than HTTP/1, which has other rules.
			context.fireChannelRead(message);
			stepAside(context);
		}
	}

	private void stepAside(ChannelHandlerContext context) {
		if (context.pipeline().get(BytesSeen.class) != null) {
			context.pipeline().remove(BytesSeen.class);
		}
		context.pipeline().remove(this);
	}

	private void onHead(ChannelHandlerContext context, HttpRequest request) {
		stopTimer();
		Refusal found = request.decoderResult().isSuccess() ? this.rules.check(request)
				: Refusal.of(request.decoderResult().cause());
		if (found != null) {
			ReferenceCountUtil.release(request);
			refuse(context, found, 0);
			return;
		}
		this.requests++;
		this.open++;
		this.receiving = true;
		this.bodyLeft = this.rules.limit(request.uri());
		if (request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
			request.headers().set(HttpHeaderNames.CONTENT_LENGTH, RequestRules.length(request.headers()));
		}
		this.last = isLast(request);
		if (this.last && HttpUtil.isKeepAlive(request)) {
			request.headers().add(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		expect(context, request);
		context.fireChannelRead(request);
	}

	/**
	 * Asks for the body at once: nobody behind can then read it as another request
	 * because it was not asked for.
	 */
	private void expect(ChannelHandlerContext context, HttpRequest request) {
		if (!request.headers().contains(HttpHeaderNames.EXPECT)) {
			return;
		}
		request.headers().remove(HttpHeaderNames.EXPECT);
		if (this.open == 1 && request.protocolVersion() == HttpVersion.HTTP_1_1) {
			context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE,
					Unpooled.EMPTY_BUFFER));
		}
	}

	/**
	 * Whether the connection ends with this request. Programs of the time of HTTP/1.0 do
	 * not agree on where its bodies end.
	 */
	private boolean isLast(HttpRequest request) {
		return this.requests >= this.maxRequests || request.protocolVersion() == HttpVersion.HTTP_1_0
				|| !HttpUtil.isKeepAlive(request);
	}

	private void onContent(ChannelHandlerContext context, HttpContent content) {
		this.bodyLeft -= content.content().readableBytes();
		if (content.decoderResult().isFailure() || this.bodyLeft < 0) {
			Refusal found = (this.bodyLeft < 0) ? Refusal.TOO_LARGE : Refusal.MALFORMED;
			content.release();
			refuse(context, found, 1);
			return;
		}
		this.receiving = !(content instanceof LastHttpContent);
		context.fireChannelRead(content);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		this.messageRead = false;
		context.fireChannelReadComplete();
		if (this.deaf) {
			context.read();
		}
	}

	/**
	 * Bytes came, and what the codec made of them.
	 * @param bytes a place before the codec
	 */
	void onBytes(ChannelHandlerContext bytes) {
		if (!this.messageRead && !this.receiving && !this.deaf && !this.last && this.headTimer == null) {
			startTimer(bytes);
		}
	}

	private void startTimer(ChannelHandlerContext context) {
		this.headTimer = context.executor()
			.schedule(() -> onHeadTimeout(context), this.headTimeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void onHeadTimeout(ChannelHandlerContext bytes) {
		ChannelHandlerContext context = bytes.pipeline().context(this);
		this.headTimer = null;
		if (context != null && !this.deaf) {
			refuse(context, Refusal.TOO_SLOW, 0);
		}
	}

	private void stopTimer() {
		if (this.headTimer != null) {
			this.headTimer.cancel(false);
			this.headTimer = null;
		}
	}

	private void refuse(ChannelHandlerContext context, Refusal found, int openThen) {
		this.deaf = true;
		this.receiving = false;
		this.refusal = found;
		this.turn = openThen;
		this.refused.accept(found);
		stopTimer();
		answer(context);
	}

	/** Says the refusal if all earlier requests are answered. */
	private void answer(ChannelHandlerContext context) {
		Refusal found = this.refusal;
		if (found == null || this.open > this.turn || this.mute) {
			return;
		}
		this.mute = true;
		if (this.open > 0 && this.answering) {
			// Half an answer can only be cut off.
			context.close();
			return;
		}
		// Its request may have been answered before it was whole, and gets one answer.
		this.farewell.say(context, (this.open < this.turn) ? Unpooled.EMPTY_BUFFER : Answer.of(found, this.always));
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.mute) {
			ReferenceCountUtil.release(message);
			promise.tryFailure(new ClosedChannelException());
			return;
		}
		if (message instanceof HttpResponse response) {
			this.informing = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
			this.answering = !this.informing;
		}
		boolean complete = message instanceof LastHttpContent && !this.informing;
		context.write(message, promise);
		if (message instanceof HttpResponse response && isSwitch(response)) {
			// What comes now is a WebSocket's, whose frames may take their time.
			stepAside(context);
			return;
		}
		if (complete && this.open > 0) {
			this.open--;
			this.answering = false;
			answer(context);
		}
	}

	private static boolean isSwitch(HttpResponse response) {
		return response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		stopTimer();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		stopTimer();
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		// While the last answer is on its way, only the guard closes.
		if (this.mute && context.channel().isActive()) {
			promise.tryFailure(new ClosedChannelException());
			return;
		}
		context.close(promise);
	}

}

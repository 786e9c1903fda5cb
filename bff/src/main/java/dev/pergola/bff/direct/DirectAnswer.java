package dev.pergola.bff.direct;

import dev.pergola.bff.observe.Call;
import dev.pergola.bff.resilience.AnswerKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a call as the browser gets it: its head, then its body, compressed where
 * both sides agree, and never larger than is allowed.
 */
final class DirectAnswer {

	private final ChannelHandlerContext client;

	private final HttpRequest request;

	private final DirectCall call;

	private final Call watch;

	private final CallParts parts;

	private final boolean isHead;

	private @Nullable GzipBody gzip;

	/** Only where it may go on for as long as it likes. */
	private @Nullable StreamEnd end;

	/** The head, while the whole answer may still come along with it. */
	private @Nullable HttpResponse held;

	private boolean begun;

	private boolean stream;

	private boolean tooLarge;

	private boolean keepsUpstream;

	private int status;

	private long received;

	DirectAnswer(ChannelHandlerContext client, HttpRequest request, DirectCall call, Call watch, CallParts parts) {
		this.client = client;
		this.request = request;
		this.call = call;
		this.watch = watch;
		this.parts = parts;
		this.isHead = HttpMethod.HEAD.equals(request.method());
	}

	/** Whether the browser has the head, or is about to. */
	boolean isBegun() {
		return this.begun;
	}

	/** Whether it may go on for as long as it likes. */
	boolean isStream() {
		return this.stream;
	}

	/** Whether the upstream's connection can be used again after it. */
	boolean keepsUpstream() {
		return this.keepsUpstream;
	}

	/** Its status; 0 before it has begun. */
	int status() {
		return this.status;
	}

	/** Looks at a head before it is passed on. */
	void read(HttpResponse head) {
		this.stream = AnswerKind.isStream(head.headers().get(HttpHeaderNames.CONTENT_TYPE));
		this.tooLarge = !this.isHead && !this.stream && isTooLarge(HttpUtil.getContentLength(head, 0L));
	}

	/** Whether it announces more than is allowed. */
	boolean isTooLarge() {
		return this.tooLarge;
	}

	/**
	 * Passes the head that was read on, at the latest with {@link #pause}: most answers
	 * come in one piece, and are written in one.
	 * @param isLast whether the browser's connection ends with this answer
	 */
	void begin(HttpResponse head, boolean isLast) {
		this.begun = true;
		this.status = head.status().code();
		this.keepsUpstream = HttpUtil.isKeepAlive(head);
		HttpResponse passed = ResponseHead.of(head, this.call.route().upstream(), this.parts.always(), isLast);
		compress(passed);
		if (!this.stream) {
			giveBack();
		}
		this.held = passed;
	}

	/** Nothing more comes for the moment. */
	void pause() {
		HttpResponse head = this.held;
		if (head != null) {
			this.held = null;
			this.client.write(head);
		}
	}

	/**
	 * Passes a piece of the body on.
	 * @return {@code false} when it is more than is allowed; the piece is released then
	 */
	boolean write(HttpContent content) {
		int bytes = content.content().readableBytes();
		this.received += bytes;
		if (!this.stream && isTooLarge(this.received)) {
			content.release();
			return false;
		}
		if (this.gzip != null) {
			pause();
			writeCompressed(content, this.gzip);
			return true;
		}
		this.watch.sent(bytes);
		HttpResponse head = this.held;
		if (head != null && content instanceof LastHttpContent) {
			this.held = null;
			this.client.write(new DefaultFullHttpResponse(head.protocolVersion(), head.status(), content.content(),
					head.headers(), EmptyHttpHeaders.INSTANCE));
			return true;
		}
		pause();
		this.client.write((content instanceof LastHttpContent last) ? withoutTrailers(last) : content);
		return true;
	}

	/**
	 * Takes a place for a stream, unless there is one.
	 * @throws dev.pergola.bff.problem.BffException when the person has none left
	 */
	void takePlace() {
		if (this.end == null) {
			this.end = StreamEnd.of(this.call, this.parts);
		}
	}

	/**
	 * Whether it has to end before its content does.
	 * @param now as {@link System#nanoTime()} has it
	 */
	boolean isDue(long now) {
		return this.end != null && this.end.isDue(now);
	}

	/** Frees what is held, whether the body came to its end or not. */
	void release() {
		if (this.gzip != null) {
			this.gzip.release();
			this.gzip = null;
		}
		giveBack();
	}

	private void giveBack() {
		if (this.end != null) {
			this.end.giveBack();
			this.end = null;
		}
	}

	private void compress(HttpResponse head) {
		if (this.parts.compression().prepare(this.request.headers(), this.isHead, this.status, head.headers())) {
			this.gzip = new GzipBody(this.parts.compression().level());
			head.headers()
				.set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP)
				.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
				.remove(HttpHeaderNames.CONTENT_LENGTH);
		}
	}

	private void writeCompressed(HttpContent content, GzipBody body) {
		body.write(content.content(), this::send);
		if (content instanceof LastHttpContent) {
			body.finish(this::send);
			this.gzip = null;
			this.client.write(LastHttpContent.EMPTY_LAST_CONTENT);
		}
	}

	private void send(ByteBuf compressed) {
		this.watch.sent(compressed.readableBytes());
		this.client.write(new DefaultHttpContent(compressed));
	}

	private boolean isTooLarge(long bytes) {
		return bytes > this.call.route().rules().maxAnswer(this.parts.maxAnswer()).toBytes();
	}

	// Trailers are no headers anyone has looked at.
	private static LastHttpContent withoutTrailers(LastHttpContent content) {
		if (content.content().isReadable()) {
			return new DefaultLastHttpContent(content.content());
		}
		content.release();
		return LastHttpContent.EMPTY_LAST_CONTENT;
	}

}

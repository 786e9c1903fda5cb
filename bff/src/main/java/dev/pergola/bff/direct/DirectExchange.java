package dev.pergola.bff.direct;

import java.util.concurrent.TimeUnit;

import dev.pergola.bff.egress.UpstreamFailures;
import dev.pergola.bff.metrics.Outcome;
import dev.pergola.bff.observe.Arrival;
import dev.pergola.bff.observe.Call;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.resilience.BodyStalledException;
import dev.pergola.bff.resilience.Permit;
import dev.pergola.bff.trace.TraceSpan;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;

/**
 * One call on its way: gets a connection, sends the request, passes the answer on as it
 * comes and as fast as the browser takes it. Everything happens on the event loop of the
 * browser's connection. It ends in one of three ways: answered; failed before the answer
 * began, so that the long way can say why; or cut off.
 */
final class DirectExchange extends UpstreamSide {

	private final DirectLoop loop;

	private final ChannelHandlerContext client;

	private final DirectHandler handler;

	private final HttpRequest request;

	private final DirectCall call;

	private final Call watch;

	private final Permit permit;

	private TraceSpan span;

	private final long startedAt = System.nanoTime();

	private final Peer peer;

	private final DirectAnswer answer;

	private boolean over;

	/** Whether the browser's connection ends with this answer. */
	private boolean last;

	/** Place in the loop's list. */
	private int place = -1;

	DirectExchange(DirectLoop loop, ChannelHandlerContext client, DirectHandler handler, HttpRequest request,
			DirectCall call, Peer peer, Permit permit) {
		super(loop.pools(), call);
		this.loop = loop;
		this.client = client;
		this.handler = handler;
		this.request = request;
		this.call = call;
		this.permit = permit;
		this.peer = peer;
		this.last = !HttpUtil.isKeepAlive(request);
		this.watch = loop.parts()
			.observer()
			.begin(new Arrival(request.method().name(), call.path(), "HTTP/1.1", this.peer.socket(), call.traceparent(),
					call.tracestate()));
		this.watch.caller(call.session().principal().subject(), "browser");
		this.answer = new DirectAnswer(client, request, call, this.watch, loop.parts());
		this.span = firstSpan();
	}

	private TraceSpan firstSpan() {
		try {
			return span();
		}
		catch (RuntimeException ex) {
			this.watch.leave();
			throw ex;
		}
	}

	private TraceSpan span() {
		return this.watch.trace().call(this.request.method().name(), this.call.route().module());
	}

	void start() {
		this.loop.add(this);
		if (!this.call.isStream() || takePlace()) {
			lease(this.client.channel().getClass());
		}
	}

	private boolean takePlace() {
		try {
			this.answer.takePlace();
			return true;
		}
		catch (BffException ex) {
			fail(ex);
			return false;
		}
	}

	@Override
	void onLeased() {
		send(RequestHead.of(this.request, this.call, this.peer, this.permit.millisLeft(),
				this.handler.authorization(this.call.session().accessToken()), this.span.header(),
				this.watch.trace().state()));
	}

	@Override
	boolean isOver() {
		return this.over;
	}

	@Override
	boolean isHead() {
		return HttpMethod.HEAD.equals(this.request.method());
	}

	@Override
	void onHead(HttpResponse head) {
		this.answer.read(head);
		if (this.answer.isTooLarge()) {
			fail(UpstreamFailures.tooLarge(this.call.route().module()));
			return;
		}
		if (this.answer.isStream() && !takePlace()) {
			return;
		}
		this.watch.upstream(System.nanoTime() - this.startedAt);
		this.last |= this.loop.isStopping();
		this.answer.begin(head, this.last);
		this.permit.answered(this.answer.status());
		if (this.answer.isStream()) {
			onStream();
		}
		this.span.end(this.answer.status(), null);
	}

	/**
	 * One that was asked for has a connection of streams, which bound it. Another has one
	 * of calls, and keeps its place among these.
	 */
	private void onStream() {
		if (this.call.isStream()) {
			this.permit.succeeded();
		}
		else {
			this.permit.streams();
		}
	}

	@Override
	void onContent(HttpContent content) {
		boolean isLast = content instanceof LastHttpContent;
		if (!this.answer.write(content)) {
			fail(UpstreamFailures.tooLarge(this.call.route().module()));
		}
		else if (isLast) {
			finish();
		}
	}

	@Override
	void onPause() {
		this.answer.pause();
		this.client.flush();
		if (!this.client.channel().isWritable()) {
			read(false);
		}
	}

	@Override
	boolean isBegun() {
		return this.answer.isBegun();
	}

	@Override
	void onUpstreamFailure(Throwable cause) {
		fail(cause);
	}

	/** The browser takes more, or less. */
	void onClientWritable(boolean writable) {
		read(writable);
	}

	/** The browser went away. */
	void onClientGone() {
		if (!this.over) {
			breakOff();
			this.permit.cancelled();
			this.span.end(0, "cancelled");
			this.watch.end(this.answer.status(), Outcome.CANCELLED, null);
		}
	}

	/**
	 * Looks at the time.
	 * @param now as {@link System#nanoTime()} has it
	 */
	void onTick(long now) {
		if (now - this.startedAt > TimeUnit.SECONDS.toNanos(1)) {
			this.handler.keepAwake();
		}
		if (this.answer.isDue(now) || (this.answer.isStream() && this.loop.isStopping())) {
			cut(Outcome.OK);
			return;
		}
		if (!this.answer.isBegun() && now - this.startedAt > this.call.route().timeout().toNanos()) {
			fail(ReadTimeoutException.INSTANCE);
		}
		else if (isStalled(now)) {
			fail(new BodyStalledException());
		}
	}

	/** Whatever became of it, it ends with the browser's connection. */
	void onBroken() {
		this.loop.remove(this);
		this.client.close();
	}

	// While the browser takes nothing, nothing is read.
	private boolean isStalled(long now) {
		return this.answer.isBegun() && !this.answer.isStream() && isSilent(now, this.permit.bodyIdle());
	}

	private void finish() {
		this.over = true;
		this.permit.succeeded();
		this.watch.end(this.answer.status(), null);
		this.last |= this.loop.isStopping();
		if (this.last) {
			this.loop
				.closing(this.client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE));
		}
		else {
			this.client.flush();
		}
		leave();
		answered();
	}

	@Override
	void onUpstreamEnd() {
		giveBack(this.answer.keepsUpstream());
		if (this.last) {
			this.handler.onLast();
		}
		else {
			this.handler.onDone();
		}
	}

	private void fail(Throwable cause) {
		if (this.over || isRepeated(cause)) {
			return;
		}
		breakOff();
		this.permit.failed(cause);
		if (this.answer.isBegun()) {
			// Half an answer can only be cut off.
			close(Outcome.UPSTREAM_ERROR);
			return;
		}
		this.span.end(0, "upstream-error");
		this.watch.leave();
		BffException failure = UpstreamFailures.of(this.call.route().module(), cause);
		this.handler.onRefused(this.request, failure);
	}

	/** Ends an answer that nobody may go on reading. */
	private void cut(Outcome outcome) {
		breakOff();
		this.permit.cancelled();
		this.span.end(this.answer.status(), null);
		close(outcome);
	}

	private void close(Outcome outcome) {
		this.watch.end(this.answer.status(), outcome, null);
		this.handler.cut();
	}

	/** Makes the call again, if that may help: nothing of an answer has come. */
	private boolean isRepeated(Throwable cause) {
		long wait = isHeard() ? -1 : this.permit.retry(cause);
		if (wait < 0) {
			return false;
		}
		giveBack(false);
		this.span.end(0, "upstream-error");
		this.client.channel().eventLoop().schedule(() -> {
			if (!this.over) {
				this.span = span();
				lease(this.client.channel().getClass());
			}
		}, wait, TimeUnit.NANOSECONDS);
		return true;
	}

	private void leave() {
		this.over = true;
		this.loop.remove(this);
		this.answer.release();
	}

	private void breakOff() {
		leave();
		giveBack(false);
	}

	String module() {
		return this.call.route().module();
	}

	int place() {
		return this.place;
	}

	void place(int newPlace) {
		this.place = newPlace;
	}

}

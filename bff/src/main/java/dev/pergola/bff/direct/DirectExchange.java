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
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: leases a connection, sends the request, passes the answer on as it
 * comes and as fast as the browser takes it. Everything happens on the event loop of the
 * browser's connection. It ends in one of three ways: answered; failed before the answer
 * began, so that the long way can say why; or cut off.
 */
final class DirectExchange {

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

	private final boolean keepsClient;

	private final DirectAnswer answer;

	private @Nullable Channel upstream;

	/** Whether an answer that is not the final one is being read. */
	private boolean informing;

	private boolean over;

	private long heardAt = this.startedAt;

	private long checkedAt = this.startedAt;

	/** Place in the loop's list. */
	private int place = -1;

	DirectExchange(DirectLoop loop, ChannelHandlerContext client, DirectHandler handler, HttpRequest request,
			DirectCall call, Peer peer, Permit permit) {
		this.loop = loop;
		this.client = client;
		this.handler = handler;
		this.request = request;
		this.call = call;
		this.permit = permit;
		this.peer = peer;
		this.keepsClient = HttpUtil.isKeepAlive(request);
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
		lease();
	}

	private void lease() {
		Future<Channel> leased = this.loop.pools()
			.acquire(this.call.route().upstream(), this.call.isStream(), this.client.channel().getClass());
		if (leased.isDone()) {
			onLeased(leased);
		}
		else {
			leased.addListener((Future<Channel> done) -> onLeased(done));
		}
	}

	private void onLeased(Future<Channel> leased) {
		if (!leased.isSuccess()) {
			fail(leased.cause());
			return;
		}
		Channel channel = leased.getNow();
		if (this.over) {
			this.loop.pools().release(this.call.route().upstream(), this.call.isStream(), channel);
			return;
		}
		this.upstream = channel;
		UpstreamHandler.of(channel).lease(this);
		channel.writeAndFlush(RequestHead.of(this.request, this.call, this.peer, this.permit.millisLeft(),
				this.handler.authorization(this.call.session().accessToken()), this.span.header(),
				this.watch.trace().state()));
	}

	boolean isHead() {
		return HttpMethod.HEAD.equals(this.request.method());
	}

	/** Something came from the upstream. */
	void onUpstream(Object message) {
		if (!(message instanceof HttpObject object) || object.decoderResult().isFailure()) {
			ReferenceCountUtil.release(message);
			fail(new DecoderException("answer: no HTTP/1.1"));
			return;
		}
		if (message instanceof HttpResponse answer && !onHead(answer)) {
			return;
		}
		if (message instanceof HttpContent content) {
			onContent(content);
		}
	}

	private boolean onHead(HttpResponse head) {
		this.informing = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		if (head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS) || this.answer.isBegun()) {
			ReferenceCountUtil.release(head);
			fail(new DecoderException("answer: out of turn"));
			return false;
		}
		if (this.informing) {
			return true;
		}
		if (this.answer.isTooLarge(head)) {
			fail(UpstreamFailures.tooLarge(this.call.route().module()));
			return false;
		}
		this.watch.upstream(System.nanoTime() - this.startedAt);
		this.answer.begin(head);
		this.permit.answered(this.answer.status());
		if (this.answer.isStream()) {
			this.permit.succeeded();
		}
		this.span.end(this.answer.status(), null);
		return true;
	}

	private void onContent(HttpContent content) {
		boolean isLast = content instanceof LastHttpContent;
		if (this.informing) {
			content.release();
		}
		else if (!this.answer.write(content)) {
			fail(UpstreamFailures.tooLarge(this.call.route().module()));
		}
		else if (isLast) {
			finish();
		}
	}

	/** Nothing more comes for the moment. */
	void onUpstreamPause() {
		if (this.over) {
			return;
		}
		this.heardAt = System.nanoTime();
		this.answer.pause();
		this.client.flush();
		if (this.upstream != null && !this.client.channel().isWritable()) {
			this.upstream.config().setAutoRead(false);
		}
	}

	void onUpstreamFailure(Throwable cause) {
		fail(cause);
	}

	/** The browser takes more, or less. */
	void onClientWritable(boolean writable) {
		if (this.upstream != null) {
			this.heardAt = System.nanoTime();
			this.upstream.config().setAutoRead(writable);
		}
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
		if (this.call.isStream() && now - this.checkedAt > this.loop.parts().sessionCheck().toNanos()) {
			this.checkedAt = now;
			if (!this.loop.parts().sessions().isOpen(this.call.sessionId())) {
				cut(Outcome.OK);
				return;
			}
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
		return this.answer.isBegun() && !this.answer.isStream() && this.upstream != null
				&& this.upstream.config().isAutoRead() && now - this.heardAt > this.permit.bodyIdle().toNanos();
	}

	private void finish() {
		leave();
		this.permit.succeeded();
		this.watch.end(this.answer.status(), null);
		if (this.keepsClient) {
			this.client.flush();
		}
		else {
			this.client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
		}
		if (this.upstream != null) {
			UpstreamHandler.of(this.upstream).answered();
		}
	}

	/** All that came along with the end of the answer has been looked at. */
	void onUpstreamEnd() {
		giveBack(this.answer.keepsUpstream());
		this.handler.onDone();
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
		long wait = (this.answer.isBegun() || this.informing) ? -1 : this.permit.retry(cause);
		if (wait < 0) {
			return false;
		}
		giveBack(false);
		this.span.end(0, "upstream-error");
		this.client.channel().eventLoop().schedule(() -> {
			if (!this.over) {
				this.span = span();
				lease();
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

	private void giveBack(boolean reusable) {
		Channel channel = this.upstream;
		this.upstream = null;
		if (channel == null) {
			return;
		}
		UpstreamHandler.of(channel).giveBack(reusable);
		channel.config().setAutoRead(true);
		if (!reusable) {
			channel.close();
		}
		this.loop.pools().release(this.call.route().upstream(), this.call.isStream(), channel);
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

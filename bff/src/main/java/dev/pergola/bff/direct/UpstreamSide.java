package dev.pergola.bff.direct;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The upstream's side of one call: its connection is leased, read and given back, on the
 * event loop of the browser's. It is a part of the call itself, as one more object for
 * each would cost something.
 */
abstract class UpstreamSide {

	private final LoopPools pools;

	private final DirectCall call;

	private @Nullable Channel upstream;

	/** Whether an answer that is not the final one is being read. */
	private boolean informing;

	/** When something came last, or was asked for again. */
	private long heardAt;

	UpstreamSide(LoopPools pools, DirectCall call) {
		this.pools = pools;
		this.call = call;
	}

	/** There is a connection. */
	abstract void onLeased();

	abstract void onUpstreamFailure(Throwable cause);

	/** Whether nobody needs a connection any more. */
	abstract boolean isOver();

	/** Whether the answer has no body, whatever its head says. */
	abstract boolean isHead();

	/** The head of the final answer. */
	abstract void onHead(HttpResponse head);

	/** A piece of its body, unless the head was not taken. */
	abstract void onContent(HttpContent content);

	/** Nothing more comes for the moment. */
	abstract void onPause();

	/** Whether the final answer has begun. */
	abstract boolean isBegun();

	/** All that came along with the end of the answer has been looked at. */
	abstract void onUpstreamEnd();

	/**
	 * Asks for a connection.
	 * @param kind the browser's: the upstream's is of the same kind
	 */
	final void lease(Class<? extends Channel> kind) {
		Future<Channel> leased = this.pools.acquire(this.call.route().upstream(), this.call.isStream(), kind);
		if (leased.isDone()) {
			onLeased(leased);
		}
		else {
			leased.addListener((Future<Channel> done) -> onLeased(done));
		}
	}

	private void onLeased(Future<Channel> leased) {
		if (!leased.isSuccess()) {
			onUpstreamFailure(leased.cause());
			return;
		}
		Channel channel = leased.getNow();
		if (isOver()) {
			this.pools.release(this.call.route().upstream(), this.call.isStream(), channel);
			return;
		}
		this.upstream = channel;
		UpstreamHandler.of(channel).lease(this);
		onLeased();
	}

	/** Something came from the upstream. */
	final void onUpstream(Object message) {
		if (!(message instanceof HttpObject object) || object.decoderResult().isFailure()) {
			ReferenceCountUtil.release(message);
			onUpstreamFailure(new DecoderException("answer: no HTTP/1.1"));
			return;
		}
		if (message instanceof HttpResponse head) {
			read(head);
		}
		if (message instanceof HttpContent content) {
			if (this.informing || isOver()) {
				content.release();
			}
			else {
				onContent(content);
			}
		}
	}

	private void read(HttpResponse head) {
		this.informing = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		if (head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS) || isBegun()) {
			onUpstreamFailure(new DecoderException("answer: out of turn"));
		}
		else if (!this.informing) {
			onHead(head);
		}
	}

	final void onUpstreamPause() {
		if (!isOver()) {
			this.heardAt = System.nanoTime();
			onPause();
		}
	}

	/** Whether anything of an answer has come, even if it is not the final one. */
	final boolean isHeard() {
		return this.informing || isBegun();
	}

	/**
	 * Whether nothing has come for so long, although somebody waits for it.
	 * @param now as {@link System#nanoTime()} has it
	 */
	final boolean isSilent(long now, Duration time) {
		return this.upstream != null && this.upstream.config().isAutoRead() && now - this.heardAt > time.toNanos();
	}

	final void send(Object request) {
		if (this.upstream != null) {
			this.upstream.writeAndFlush(request);
		}
	}

	/** Reads on, or no more for now. */
	final void read(boolean on) {
		if (this.upstream != null) {
			this.heardAt = System.nanoTime();
			this.upstream.config().setAutoRead(on);
		}
	}

	/** The answer is whole. */
	final void answered() {
		if (this.upstream != null) {
			UpstreamHandler.of(this.upstream).answered();
		}
	}

	/**
	 * Gives the connection back, if there is one; to be closed, unless it is reusable.
	 */
	final void giveBack(boolean reusable) {
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
		this.pools.release(this.call.route().upstream(), this.call.isStream(), channel);
	}

}

package dev.pergola.bff.direct;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Verdict;
import dev.pergola.bff.resilience.Permit;
import dev.pergola.bff.server.TrustedProxies;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Sits between the HTTP codec of a browser's connection and the web server, takes the
 * calls that may go directly and lets everything else pass. Answers keep the order of the
 * requests: while one of either way is open, the next one waits.
 */
final class DirectHandler extends ChannelDuplexHandler {

	private final DirectLoop loop;

	private final DirectRules rules;

	private final IdlePause idle;

	private final Queue<Object> waiting = new ArrayDeque<>();

	private @Nullable ChannelHandlerContext context;

	private @Nullable Peer peer;

	private @Nullable String accessToken;

	private @Nullable AsciiString authorization;

	/** A call whose request has not been read to its end. */
	private @Nullable HttpRequest held;

	private @Nullable DirectCall call;

	private @Nullable DirectExchange exchange;

	/** Requests the web server has not answered. */
	private int passed;

	private boolean informing;

	/** Whether requests wait for the browser. */
	private boolean heldBack;

	/** Whether the connection ends: what comes is not answered. */
	private boolean closing;

	/**
	 * Creates the handler of one connection.
	 * @param idleTimeout time after which the web server closes a connection nobody uses
	 */
	DirectHandler(DirectLoop loop, DirectRules rules, @Nullable Duration idleTimeout) {
		this.loop = loop;
		this.rules = rules;
		this.idle = new IdlePause(idleTimeout);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext added) {
		this.context = added;
	}

	@Override
	public void channelRead(ChannelHandlerContext reading, Object message) {
		if (this.closing) {
			ReferenceCountUtil.release(message);
		}
		else if (this.exchange != null || !this.waiting.isEmpty() || isHeldBack(reading)) {
			this.waiting.add(message);
		}
		else {
			accept(reading, message);
		}
	}

	/**
	 * Whether nothing is taken on until the browser has taken what it was answered: who
	 * sends requests and reads no answers would have them all kept here. The web server
	 * sees to that itself for what it has not answered.
	 */
	private boolean isHeldBack(ChannelHandlerContext reading) {
		this.heldBack = this.passed == 0 && !reading.channel().isWritable();
		return this.heldBack;
	}

	private void accept(ChannelHandlerContext reading, Object message) {
		HttpRequest before = this.held;
		if (before != null) {
			end(reading, before, message);
		}
		else if (message instanceof HttpRequest request) {
			this.call = (this.passed == 0 && !this.loop.isStopping()) ? this.rules.match(request) : null;
			if (this.call != null) {
				this.held = request;
			}
			else {
				pass(reading, request);
			}
		}
		else {
			reading.fireChannelRead(message);
		}
	}

	private void end(ChannelHandlerContext reading, HttpRequest request, Object message) {
		DirectCall matched = this.call;
		this.held = null;
		this.call = null;
		boolean empty = message instanceof LastHttpContent last && last.decoderResult().isSuccess()
				&& !last.content().isReadable() && last.trailingHeaders().isEmpty();
		if (!empty || matched == null || this.loop.isStopping()) {
			pass(reading, request);
			reading.fireChannelRead(message);
			return;
		}
		ReferenceCountUtil.release(message);
		DirectExchange started = admit(reading, request, matched);
		if (started == null) {
			return;
		}
		this.exchange = started;
		if (this.waiting.isEmpty()) {
			// To hear of a browser that goes away; a next request that comes instead
			// waits.
			reading.read();
		}
		started.start();
	}

	private @Nullable DirectExchange admit(ChannelHandlerContext reading, HttpRequest request, DirectCall matched) {
		Peer origin = peer(request);
		Permit permit;
		try {
			permit = matched.admit(this.loop.parts().limits());
		}
		catch (BffException ex) {
			onRefused(request, ex);
			return null;
		}
		try {
			return new DirectExchange(this.loop, reading, this, request, matched, origin, permit);
		}
		catch (RuntimeException ex) {
			// The place must not be lost with the call.
			permit.cancelled();
			throw ex;
		}
	}

	private void pass(ChannelHandlerContext reading, HttpRequest request) {
		this.passed++;
		reading.fireChannelRead(request);
	}

	/** The open call is answered. */
	void onDone() {
		this.exchange = null;
		goOn();
	}

	/**
	 * The open call is over, and so is the connection: what was sent after it is not
	 * looked at (RFC 9112 section 9.6).
	 */
	void onLast() {
		this.exchange = null;
		this.closing = true;
		forget();
	}

	/** The open call failed before its answer began: the long way says so. */
	void onRefused(HttpRequest request, BffException failure) {
		ChannelHandlerContext reading = context();
		this.exchange = null;
		Verdict.set(reading.channel(), request, failure);
		pass(reading, request);
		reading.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
		reading.fireChannelReadComplete();
		goOn();
	}

	/** The open call is cut off, and the connection with it, which may take a while. */
	void cut() {
		onLast();
		context().close();
	}

	private void goOn() {
		ChannelHandlerContext reading = context();
		boolean waited = false;
		Object message;
		while (this.exchange == null && !isHeldBack(reading) && (message = this.waiting.poll()) != null) {
			waited = true;
			accept(reading, message);
		}
		if (waited) {
			reading.fireChannelReadComplete();
		}
		if (this.exchange == null && this.passed == 0 && !this.heldBack) {
			reading.read();
		}
		if (this.exchange == null) {
			this.idle.end(reading, this.passed == 0);
		}
	}

	@Override
	public void write(ChannelHandlerContext writing, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response) {
			this.informing = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		}
		if (message instanceof LastHttpContent && !this.informing && this.passed > 0) {
			this.passed--;
		}
		writing.write(message, promise);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext changed) {
		if (this.exchange != null) {
			this.exchange.onClientWritable(changed.channel().isWritable());
		}
		else if (this.heldBack && changed.channel().isWritable()) {
			goOn();
		}
		changed.fireChannelWritabilityChanged();
	}

	@Override
	public void channelInactive(ChannelHandlerContext closed) {
		drop();
		closed.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext removed) {
		drop();
	}

	private void drop() {
		DirectExchange open = this.exchange;
		this.exchange = null;
		if (open != null) {
			open.onClientGone();
		}
		this.held = null;
		forget();
	}

	private void forget() {
		for (Object message : this.waiting) {
			if (message instanceof HttpContent) {
				ReferenceCountUtil.release(message);
			}
		}
		this.waiting.clear();
	}

	/** Where a request came from. */
	private Peer peer(HttpRequest request) {
		Peer known = this.peer;
		if (known == null) {
			known = Peer.of(context().channel());
			this.peer = known;
		}
		TrustedProxies proxies = this.loop.parts().proxies();
		return proxies.isEmpty() ? known : known.behind(proxies.origin(known.socket(), request.headers()));
	}

	/** Value of the header with an access token; a browser's is the same for minutes. */
	AsciiString authorization(String accessToken) {
		AsciiString known = this.authorization;
		if (known == null || !accessToken.equals(this.accessToken)) {
			known = Ascii.of("Bearer " + accessToken);
			this.authorization = known;
			this.accessToken = accessToken;
		}
		return known;
	}

	/** The answer takes long. */
	void keepAwake() {
		this.idle.begin(context());
	}

	private ChannelHandlerContext context() {
		ChannelHandlerContext added = this.context;
		if (added == null) {
			throw new IllegalStateException("not in a pipeline");
		}
		return added;
	}

}

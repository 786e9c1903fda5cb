package dev.pergola.bff.observe;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.util.context.Context;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * One request from its handlers to its end. When the handlers leave a {@link Remainder},
 * they are let go before it is sent: operators of Reactor would keep them, and all they
 * refer to, until the very end.
 */
final class Watching implements CoreSubscriber<Void>, Subscription {

	private static final AtomicReferenceFieldUpdater<Watching, @Nullable Subscription> CURRENT = AtomicReferenceFieldUpdater
		.newUpdater(Watching.class, Subscription.class, "current");

	private final CoreSubscriber<? super Void> actual;

	private final Call call;

	private final CallEnd end;

	private final Context context;

	private final HttpServerResponse response;

	private volatile @Nullable Subscription current;

	/** Whether the handlers are let go. */
	private volatile boolean alone;

	private Watching(CoreSubscriber<? super Void> actual, Call call, CallEnd end, HttpServerResponse response) {
		this.actual = actual;
		this.call = call;
		this.end = end;
		this.response = response;
		this.context = actual.currentContext().put(Call.class, call);
	}

	/** An answer that is watched; for one subscriber. */
	static Mono<Void> over(Call call, HttpHandler handler, ServerHttpRequest request, ServerHttpResponse response) {
		return new Answer(call, handler, request, response);
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.replace(CURRENT, this, subscription)) {
			subscription.request(Long.MAX_VALUE);
		}
	}

	@Override
	public void onNext(Void nothing) {
		// There is none.
	}

	@Override
	public void onComplete() {
		Remainder remainder = this.call.takeRemainder();
		if (remainder == null) {
			finish();
		}
		else if (isCancelled()) {
			remainder.drop();
		}
		else {
			this.alone = true;
			this.call.forget();
			this.end.letGo();
			letGo(this.response);
			remainder.send(this.response).subscribe(this);
		}
	}

	@Override
	public void onError(Throwable ex) {
		this.call.dropRemainder();
		if (this.alone) {
			this.call.broken(ex);
			finish();
		}
		else if (!isCancelled()) {
			fail(ex);
		}
	}

	@Override
	public void request(long n) {
		// There is nothing to wait for but the end.
	}

	@Override
	public void cancel() {
		if (Operators.terminate(CURRENT, this)) {
			this.call.dropRemainder();
			this.end.accept(SignalType.CANCEL);
		}
	}

	private boolean isCancelled() {
		return this.current == Operators.cancelledSubscription();
	}

	private void finish() {
		if (isCancelled()) {
			return;
		}
		Throwable broken = this.end.cut();
		if (broken != null) {
			fail(broken);
		}
		else {
			this.actual.onComplete();
			this.end.accept(SignalType.ON_COMPLETE);
		}
	}

	private void fail(Throwable ex) {
		this.actual.onError(ex);
		this.end.accept(SignalType.ON_ERROR);
	}

	/** What the client said of its request is of no use any more, and is much. */
	private static void letGo(HttpServerResponse response) {
		if (response instanceof HttpServerRequest request) {
			HttpHeaders headers = request.requestHeaders();
			headers.names().stream().filter((name) -> !isOfServer(name)).forEach(headers::remove);
		}
	}

	// Where a stream of HTTP/2 is told from a connection.
	private static boolean isOfServer(String name) {
		return name.regionMatches(true, 0, "x-http2-", 0, 8);
	}

	/** Whoever keeps it after it was subscribed to keeps nothing else. */
	private static final class Answer extends Mono<Void> {

		private final Call call;

		private final HttpHandler handler;

		private @Nullable ServerHttpRequest request;

		private @Nullable ServerHttpResponse response;

		private Answer(Call call, HttpHandler handler, ServerHttpRequest request, ServerHttpResponse response) {
			this.call = call;
			this.handler = handler;
			this.request = request;
			this.response = response;
		}

		@Override
		public void subscribe(CoreSubscriber<? super Void> actual) {
			ServerHttpRequest request = this.request;
			ServerHttpResponse response = this.response;
			if (request == null || response == null) {
				Operators.error(actual, new IllegalStateException("answer: asked for twice (expected: once)"));
				return;
			}
			this.request = null;
			this.response = null;
			ObservedResponse observed = new ObservedResponse(response, this.call);
			Watching watching = new Watching(actual, this.call, new CallEnd(this.call, request, observed),
					ServerHttpResponseDecorator.getNativeResponse(response));
			actual.onSubscribe(watching);
			Mono.defer(() -> this.handler.handle(new ObservedRequest(request, this.call), observed))
				.subscribe(watching);
		}

	}

}

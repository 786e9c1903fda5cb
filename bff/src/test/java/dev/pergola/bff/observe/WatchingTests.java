package dev.pergola.bff.observe;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import dev.pergola.bff.metrics.Calls;
import dev.pergola.bff.metrics.MetricsProperties;
import dev.pergola.bff.trace.Tracing;
import dev.pergola.bff.trace.TracingProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Answers that go on when their handlers are done. */
class WatchingTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Sinks.Many<String> rest = Sinks.many().unicast().onBackpressureBuffer();

	private final AtomicBoolean dropped = new AtomicBoolean();

	private final AtomicReference<WeakReference<ServerHttpRequest>> handled = new AtomicReference<>();

	private final AtomicReference<HttpHeaders> headers = new AtomicReference<>();

	private DisposableServer server;

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.disposeNow();
		}
	}

	@Test
	void keepsNothingOfARequestWhoseAnswerGoesOn() {
		AtomicReference<String> read = new AtomicReference<>("");
		Disposable client = client().doOnNext((text) -> read.updateAndGet((before) -> before + text)).subscribe();
		this.rest.tryEmitNext("begun ");
		await().atMost(SOON).until(() -> read.get().equals("begun "));
		await().atMost(SOON).until(() -> {
			System.gc();
			return this.handled.get().get() == null;
		});
		assertThat(this.headers.get()).as("what the client said of itself").isEmpty();
		this.rest.tryEmitNext("goes on");
		await().atMost(SOON).until(() -> read.get().equals("begun goes on"));
		assertThat(calls("ok")).isZero();
		this.rest.tryEmitComplete();
		await().atMost(SOON).until(() -> client.isDisposed() && calls("ok") == 1);
	}

	@Test
	void tellsOfAClientThatLeavesMeanwhile() {
		Disposable client = client().subscribe();
		this.rest.tryEmitNext("begun");
		await().atMost(SOON).until(() -> this.rest.currentSubscriberCount() == 1);
		client.dispose();
		await().atMost(SOON).until(() -> this.rest.currentSubscriberCount() == 0 && calls("cancelled") == 1);
	}

	@Test
	void cutsAnAnswerThatBreaksMeanwhile() {
		this.rest.tryEmitNext("begun");
		this.rest.tryEmitError(new IllegalStateException("broken"));
		StepVerifier.create(client()).expectNext("begun").expectError().verify(SOON);
		await().atMost(SOON).until(() -> calls("upstream-error") == 1);
	}

	@Test
	void dropsWhatIsLeftByAHandlerThatFailsAfterAll() {
		client((request, response) -> answer(request, response)
			.then(Mono.error(new IllegalStateException("after all")))).subscribe();
		await().atMost(SOON).until(() -> this.dropped.get() && calls("failed") == 1);
	}

	@Test
	void dropsWhatIsLeftWhenTheClientHasGone() {
		AtomicBoolean begun = new AtomicBoolean();
		Disposable client = client((request, response) -> Mono.deferContextual((context) -> {
			Call call = context.get(Call.class);
			begun.set(true);
			return Mono.<Void>never().doOnCancel(() -> call.sendLater(new Rest()));
		})).subscribe();
		await().atMost(SOON).untilTrue(begun);
		client.dispose();
		await().atMost(SOON).untilTrue(this.dropped);
	}

	private Flux<String> client() {
		return client(this::answer);
	}

	private Flux<String> client(HttpHandler handler) {
		this.server = HttpServer.create().port(0).handle(new ReactorHttpHandlerAdapter(observed(handler))).bindNow();
		return HttpClient.create()
			.post()
			.uri("http://localhost:%d/agents/m/a/runs".formatted(this.server.port()))
			.send(ByteBufFlux.fromString(Mono.just("question")))
			.responseContent()
			.asString();
	}

	private HttpHandler observed(HttpHandler handler) {
		Calls calls = new Calls(this.meters, new MetricsProperties(false, List.of(), Duration.ZERO));
		Tracing tracing = new Tracing(
				new TracingProperties(null, Map.of(), 0, false, Duration.ofSeconds(1), Duration.ofSeconds(1), 1),
				"bff");
		return new ObservedHandler(handler, new Observer(calls, tracing, null), new ManagementPort());
	}

	/** Filters around a handler, each of which has its hands on the request. */
	private Mono<Void> answer(ServerHttpRequest request, ServerHttpResponse response) {
		this.handled.set(new WeakReference<>(request));
		HttpServerRequest connected = ServerHttpRequestDecorator.getNativeRequest(request);
		this.headers.set(connected.requestHeaders());
		return request.getBody().doOnNext(DataBufferUtils::release).then(Mono.deferContextual((context) -> {
			Call call = context.get(Call.class);
			return response.setComplete().doOnSuccess((nothing) -> call.sendLater(new Rest()));
		}))
			.then(Mono.defer(() -> Mono.just(request.getMethod()).then()))
			.onErrorResume((ex) -> Mono.fromRunnable(request::getURI))
			.doFinally((signal) -> request.getId())
			.contextWrite((context) -> context.put("request", request));
	}

	private double calls(String outcome) {
		return this.meters.find("pergola.bff.calls")
			.tag("outcome", outcome)
			.timers()
			.stream()
			.mapToLong((timer) -> timer.count())
			.sum();
	}

	private final class Rest implements Remainder {

		@Override
		public Mono<Void> send(HttpServerResponse response) {
			return response.sendString(WatchingTests.this.rest.asFlux()).then();
		}

		@Override
		public void drop() {
			WatchingTests.this.dropped.set(true);
		}

	}

}

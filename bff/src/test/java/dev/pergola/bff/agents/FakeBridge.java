package dev.pergola.bff.agents;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import dev.pergola.bff.streams.CursorLog;
import dev.pergola.bff.streams.EventId;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.json.JsonMapper;

/**
 * An agent-bridge over HTTP whose programs are written by tests, and whose connections
 * they cut.
 */
final class FakeBridge implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Map<String, CursorLog<String>> runs = new ConcurrentHashMap<>();

	private final List<String> principals = new CopyOnWriteArrayList<>();

	private final List<HttpHeaders> headers = new CopyOnWriteArrayList<>();

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	private final List<String> cancelled = new CopyOnWriteArrayList<>();

	private final AtomicInteger starts = new AtomicInteger();

	private final AtomicInteger connections = new AtomicInteger();

	private volatile Function<String, Flux<String>> program = (runId) -> Flux.never();

	private volatile String status = "";

	private final AtomicInteger deafness = new AtomicInteger();

	private volatile int refusal;

	private volatile int cutAfter = Integer.MAX_VALUE;

	// Its own: a bff that ends in this JVM takes the shared ones along.
	private final LoopResources loops = LoopResources.create("fake-bridge", 2, true);

	private final DisposableServer server;

	FakeBridge() {
		this.server = HttpServer.create()
			.runOn(this.loops)
			.host("localhost")
			.port(0)
			.route((routes) -> routes.post("/bridge/v1/runners/{runner}/runs", this::start)
				.get("/bridge/v1/runs/{runId}/events", this::events)
				.get("/bridge/v1/runs/{runId}", this::status)
				.post("/bridge/v1/runs/{runId}/cancel", this::cancel))
			.bindNow();
	}

	String url() {
		return "http://localhost:" + this.server.port();
	}

	/** What a run tells after its start. */
	void program(Function<String, Flux<String>> next) {
		this.program = next;
	}

	/** What is told of every run; 404 when empty. */
	void status(String json) {
		this.status = json;
	}

	/** Cuts each connection after so many events. */
	void cutAfter(int events) {
		this.cutAfter = events;
	}

	int starts() {
		return this.starts.get();
	}

	int connections() {
		return this.connections.get();
	}

	List<String> principals() {
		return this.principals;
	}

	/** Headers of the requests that started, or asked again for, a run. */
	List<HttpHeaders> headers() {
		return this.headers;
	}

	/** What runs were asked to do. */
	List<String> bodies() {
		return this.bodies;
	}

	/** Refuses new runs with this status; 0 takes them. */
	void refuse(int status) {
		this.refusal = status;
	}

	/** Answers so many cancels as a bridge does that is not ready. */
	void doNotHear(int cancels) {
		this.deafness.set(cancels);
	}

	/** Knows of no run any more, as after a restart. */
	void forget() {
		this.runs.values().forEach(CursorLog::abandon);
		this.runs.clear();
	}

	List<String> cancelled() {
		return this.cancelled;
	}

	/** Whether a run has begun here. */
	boolean has(String runId) {
		return this.runs.containsKey(runId);
	}

	CursorLog<String> run(String runId) {
		return this.runs.get(runId);
	}

	private Publisher<Void> start(HttpServerRequest request, HttpServerResponse response) {
		if (!"Bearer bridge-token".equals(request.requestHeaders().get("Authorization"))) {
			return response.status(401).send();
		}
		if (this.refusal != 0) {
			return response.status(this.refusal).send();
		}
		this.headers.add(request.requestHeaders());
		this.principals.add(request.requestHeaders().get("Pergola-Principal"));
		return request.receive().aggregate().asString().flatMap((body) -> {
			this.bodies.add(body);
			String runId = JSON.readTree(body).path("runId").asString();
			CursorLog<String> run = this.runs.computeIfAbsent(runId, this::begin);
			return Mono.from(stream(run, null, response));
		});
	}

	private CursorLog<String> begin(String runId) {
		this.starts.incrementAndGet();
		CursorLog<String> log = new CursorLog<>(1, new CursorLog.Bounds(100_000, Long.MAX_VALUE, 100_000));
		log.append("{\"type\":\"RUN_STARTED\",\"threadId\":\"t\",\"runId\":\"" + runId + "\"}", 1);
		this.program.apply(runId).subscribe((event) -> log.append(event, 1), null, log::close);
		return log;
	}

	private Publisher<Void> events(HttpServerRequest request, HttpServerResponse response) {
		CursorLog<String> run = this.runs.get(request.param("runId"));
		String cursor = request.requestHeaders().get("Last-Event-ID");
		return (run == null) ? response.status(404).send()
				: stream(run, (cursor != null) ? EventId.parse(cursor).orElseThrow() : null, response);
	}

	private Publisher<Void> stream(CursorLog<String> run, @Nullable EventId cursor, HttpServerResponse response) {
		this.connections.incrementAndGet();
		Flux<String> frames = run.after(cursor)
			.map((entry) -> "id: %s\ndata: %s\n\n".formatted(entry.id(), entry.value()));
		if (this.cutAfter < Integer.MAX_VALUE) {
			frames = frames.take(this.cutAfter).concatWith(Mono.error(new IllegalStateException("cut")));
		}
		return response.sse().sendString(Flux.just(":\n\n").concatWith(frames));
	}

	private Publisher<Void> status(HttpServerRequest request, HttpServerResponse response) {
		if (!"Bearer bridge-token".equals(request.requestHeaders().get("Authorization"))) {
			return response.status(401).send();
		}
		return this.status.isEmpty() ? response.status(404).send()
				: response.header("Content-Type", "application/json").sendString(Mono.just(this.status));
	}

	private Publisher<Void> cancel(HttpServerRequest request, HttpServerResponse response) {
		if (this.deafness.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			return response.status(503).send();
		}
		this.cancelled.add(request.param("runId"));
		return response.status(202).send();
	}

	@Override
	public void close() {
		this.server.disposeNow();
		this.loops.dispose();
	}

}

package dev.pergola.bff.observe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** A collector that keeps what it gets. */
final class SpanReceiver {

	private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();

	private final LoopResources loops = LoopResources.create("span-receiver", 1, true);

	private final DisposableServer server = HttpServer.create()
		.runOn(this.loops)
		.host("localhost")
		.port(0)
		.route((routes) -> routes.post("/v1/traces",
				(request, response) -> request.receive()
					.aggregate()
					.asByteArray()
					.doOnNext(this::keep)
					.then(response.header("Content-Type", "application/x-protobuf").send().then())))
		.bindNow();

	String endpoint() {
		return "http://localhost:" + this.server.port() + "/v1/traces";
	}

	List<ExportTraceServiceRequest> requests() {
		return this.requests;
	}

	List<Span> spans(String traceId) {
		return this.requests.stream()
			.flatMap((request) -> request.getResourceSpansList().stream())
			.flatMap((resource) -> resource.getScopeSpansList().stream())
			.flatMap((scope) -> scope.getSpansList().stream())
			.filter((span) -> hex(span.getTraceId()).equals(traceId))
			.toList();
	}

	List<Span> await(String traceId, Predicate<List<Span>> complete) {
		return Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
			.onBackpressureDrop()
			.map((tick) -> spans(traceId))
			.filter(complete)
			.blockFirst(Duration.ofSeconds(10));
	}

	void stop() {
		this.server.disposeNow();
		this.loops.dispose();
	}

	static String hex(com.google.protobuf.ByteString id) {
		return java.util.HexFormat.of().formatHex(id.toByteArray());
	}

	private void keep(byte[] body) {
		try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
			this.requests.add(ExportTraceServiceRequest.parseFrom(plain));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

package dev.pergola.bff.agents;

import java.util.function.Consumer;

import dev.pergola.bff.agui.AgUiEvents;
import dev.pergola.bff.streams.SseEvent;
import dev.pergola.manifests.AgentFormat;
import dev.pergola.manifests.AgentHttp;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.node.ObjectNode;

/** Runs of agents that are a path on their module's upstream. */
final class HttpDriver implements AgentDriver {

	private final AgentCall call;

	HttpDriver(HttpClient client, AgentProperties properties) {
		this.call = new AgentCall(client, properties);
	}

	@Override
	public Flux<ObjectNode> open(RunRequest request) {
		AgentHttp http = request.offer().agent().http();
		if (http == null || request.offer().upstreamUrl() == null) {
			return Flux.error(UpstreamRunException.status(404));
		}
		String base = request.offer().upstreamUrl().toString();
		String url = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + http.path();
		Flux<SseEvent> events = this.call.post(url, headers(request), request.body());
		return (http.format() == AgentFormat.TEXT) ? message(events, request.upstreamRunId())
				: events.map((event) -> AgUiEvents.parse(event.data()).orElseThrow(UpstreamRunException::malformed));
	}

	/** The end of the connection is all such an agent hears. */
	@Override
	public Mono<Boolean> cancel(RunRequest request) {
		return Mono.just(false);
	}

	// A text stream has no end of its own: a clean end of the answer is one, a cut is
	// not.
	private static Flux<ObjectNode> message(Flux<SseEvent> events, String runId) {
		String messageId = runId + "-m";
		return Flux.concat(Flux.just(AgUiEvents.textStart(messageId)),
				events.map((event) -> AgUiEvents.textContent(messageId, event.data())),
				Flux.just(AgUiEvents.textEnd(messageId), AgUiEvents.runFinished(runId, runId, "success")));
	}

	private static Consumer<HttpHeaders> headers(RunRequest request) {
		return (headers) -> headers.set("Authorization", "Bearer " + request.accessToken())
			.set("Accept", "text/event-stream")
			.set("traceparent", request.trace().parent());
	}

}

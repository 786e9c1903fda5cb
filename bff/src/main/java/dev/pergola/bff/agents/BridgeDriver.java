package dev.pergola.bff.agents;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.pergola.bff.agui.AgUiReader;
import dev.pergola.bff.streams.SseEvent;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;

/**
 * Runs of the agent-bridge. A connection that is cut is made again and goes on after the
 * last event seen: the bridge keeps what happens meanwhile.
 */
final class BridgeDriver implements AgentDriver {

	private final HttpClient client;

	private final AgentCall call;

	private final AgentProperties properties;

	private final String url;

	private final String serviceToken;

	BridgeDriver(HttpClient client, AgentProperties properties, BridgeProperties bridge) {
		this.client = client;
		this.call = new AgentCall(client, properties);
		this.properties = properties;
		this.url = bridge.bridgeUrl();
		this.serviceToken = bridge.bridgeToken();
	}

	@Override
	public Flux<UpstreamEvent> follow(RunRequest request, @Nullable String lastEventId) {
		if (this.url.isEmpty()) {
			return Flux.error(UpstreamRunException.status(404));
		}
		return Flux.defer(() -> {
			AtomicReference<@Nullable String> cursor = new AtomicReference<>(lastEventId);
			return Flux.defer(() -> attempt(request, cursor))
				.retryWhen(Retry.backoff(this.properties.reconnects(), this.properties.reconnectWait())
					.maxBackoff(Duration.ofSeconds(5))
					.transientErrors(true)
					.filter(UpstreamRunException::mayPass)
					.onRetryExhaustedThrow((spec, signal) -> signal.failure()));
		});
	}

	@Override
	public Mono<Boolean> cancel(RunRequest request) {
		return this.client.headers(headers(request))
			.post()
			.uri(runUrl(request) + "/cancel")
			.response()
			.filter((response) -> response.status().code() < 500)
			.switchIfEmpty(Mono.error(() -> UpstreamRunException.status(503)))
			.timeout(Duration.ofSeconds(2))
			.retryWhen(Retry.backoff(2, this.properties.reconnectWait()))
			.thenReturn(true);
	}

	private Flux<UpstreamEvent> attempt(RunRequest request, AtomicReference<@Nullable String> cursor) {
		AgUiReader reader = new AgUiReader();
		AgentCall.Language<UpstreamEvent> language = new AgentCall.Language<>((event) -> {
			cursor.set(event.id());
			return told(event, reader);
		}, (told) -> told.next().isEnd());
		String lastEventId = cursor.get();
		return (lastEventId == null) ? this.call.post(startUrl(request), headers(request), request.body(), language)
				: this.call.get(runUrl(request) + "/events", headers(request), lastEventId, language)
					.onErrorMap(UpstreamRunException::isUnknown, (ex) -> UpstreamRunException.forgotten());
	}

	private String startUrl(RunRequest request) {
		return this.url + "/bridge/v1/runners/" + request.offer().agent().runner() + "/runs";
	}

	private String runUrl(RunRequest request) {
		return this.url + "/bridge/v1/runs/" + request.upstreamRunId();
	}

	private Consumer<HttpHeaders> headers(RunRequest request) {
		return (headers) -> {
			// Its conversations and limits are of one person: a subject alone may be two.
			headers.set("Authorization", "Bearer " + this.serviceToken)
				.set("Accept", "text/event-stream")
				.set("Pergola-Principal", request.caller().key())
				.set("traceparent", request.trace().parent());
			if (request.offer().team() != null) {
				headers.set("Pergola-Team", request.offer().team());
			}
			if (request.caller().tenant() != null) {
				headers.set("Pergola-Tenant", request.caller().tenant());
			}
		};
	}

	private static UpstreamEvent told(SseEvent event, AgUiReader reader) {
		return reader.read(event.data())
			.map((next) -> new UpstreamEvent(event.id(), next))
			.orElseThrow(UpstreamRunException::malformed);
	}

}

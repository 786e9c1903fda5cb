package dev.pergola.bff.agents;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.pergola.bff.agui.NextEvent;
import dev.pergola.bff.egress.UpstreamFailures;
import dev.pergola.bff.formats.AgentExchange;
import dev.pergola.bff.formats.AgentFormats;
import dev.pergola.bff.formats.AgentRequest;
import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.AgentHttp;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.client.HttpClient;
import reactor.util.retry.Retry;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs of agents that are a path on their module's upstream. A connection that is cut is
 * made again where the agent's format has a way to go on, and its manifest says that it
 * is there.
 */
final class HttpDriver implements AgentDriver {

	// To tell an agent that it may stop is part of the second it has to be told in.
	private static final Duration TELL = Duration.ofMillis(800);

	/** Time to go on telling an agent that did not hear it. */
	private static final Duration TELL_AGAIN = Duration.ofMinutes(1);

	private final AgentCall call;

	private final AgentProperties properties;

	/** By the name the upstream knows the run by. */
	private final Map<String, Going> going = new ConcurrentHashMap<>();

	HttpDriver(HttpClient client, AgentProperties properties) {
		this.call = new AgentCall(client, properties);
		this.properties = properties;
	}

	// To start is all there is: where an agent can go on, its exchange knows the place.
	@Override
	public Flux<UpstreamEvent> follow(RunRequest request, @Nullable String lastEventId) {
		AgentHttp agent = request.offer().agent().http();
		URI url = request.offer().upstreamUrl();
		if (agent == null || url == null) {
			return Flux.error(UpstreamRunException.status(404));
		}
		return Flux.defer(() -> {
			ObjectNode input = request.input().json().deepCopy().put("runId", request.upstreamRunId());
			AgentExchange exchange = AgentFormats.begin(agent, input);
			Going run = new Going(exchange);
			this.going.put(request.upstreamRunId(), run);
			AtomicReference<AgentRequest> next = new AtomicReference<>(exchange.start());
			return Flux.defer(() -> attempt(request, agent, url, exchange, next.get()))
				.retryWhen(Retry.backoff(this.properties.reconnects(), this.properties.reconnectWait())
					.maxBackoff(Duration.ofSeconds(5))
					.transientErrors(true)
					.filter((ex) -> UpstreamRunException.mayPass(ex) && goOn(exchange, next))
					.onRetryExhaustedThrow((spec, signal) -> signal.failure()))
				.doOnNext((event) -> run.over.compareAndSet(false, event.isEnd()))
				.doFinally((signal) -> leave(request, run, signal));
		}).map((event) -> new UpstreamEvent(null, event)).onErrorMap(HttpDriver::told);
	}

	/**
	 * The end of the connection is all most agents hear; those that go on without one are
	 * told.
	 */
	@Override
	public Mono<Boolean> cancel(RunRequest request) {
		return Mono.defer(() -> {
			Going run = this.going.get(request.upstreamRunId());
			return (run == null) ? Mono.just(false) : stop(request, run).thenReturn(false);
		});
	}

	// An agent that has to be told may not hear it at once.
	private void leave(RunRequest request, Going run, SignalType signal) {
		if (run.over.get() || run.exchange.cancel().isEmpty()) {
			this.going.remove(request.upstreamRunId(), run);
			return;
		}
		Mono.delay(TELL_AGAIN).subscribe((tick) -> this.going.remove(request.upstreamRunId(), run));
		if (signal == SignalType.CANCEL) {
			stop(request, run).onErrorComplete().subscribe();
		}
	}

	/** Tells the agent to stop where it has to be told, once at a time until it hears. */
	private Mono<Void> stop(RunRequest request, Going run) {
		URI url = request.offer().upstreamUrl();
		Optional<AgentRequest> told = run.exchange.cancel();
		return (url == null || told.isEmpty()) ? Mono.empty()
				: run.tell(Mono.defer(() -> tell(request, url, told.get()))
					.doOnSuccess((heard) -> this.going.remove(request.upstreamRunId(), run)));
	}

	private Mono<Void> tell(RunRequest request, URI url, AgentRequest told) {
		return request.accessTokens()
			.accessToken()
			.flatMap((accessToken) -> this.call.tell(base(url), told,
					headers(request, accessToken, told, "application/json")))
			.timeout(TELL);
	}

	private Flux<NextEvent> attempt(RunRequest request, AgentHttp agent, URI url, AgentExchange exchange,
			AgentRequest asked) {
		String accept = exchange.mayAnswerAtOnce() ? "text/event-stream, application/json" : "text/event-stream";
		return request.accessTokens()
			.accessToken()
			.flatMapMany((accessToken) -> this.call.exchange(base(url), asked,
					headers(request, accessToken, asked, accept), exchange, idle(agent)));
	}

	private static boolean goOn(AgentExchange exchange, AtomicReference<AgentRequest> next) {
		Optional<AgentRequest> resumed = exchange.resume();
		resumed.ifPresent(next::set);
		return resumed.isPresent();
	}

	private Duration idle(AgentHttp agent) {
		Duration heartbeat = agent.heartbeat();
		Duration idle = (heartbeat != null) ? heartbeat.multipliedBy(2) : this.properties.idle();
		return (idle.compareTo(this.properties.maxDuration()) < 0) ? idle : this.properties.maxDuration();
	}

	private static String base(URI url) {
		String base = url.toString();
		return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
	}

	private static Consumer<HttpHeaders> headers(RunRequest request, String accessToken, AgentRequest asked,
			String accept) {
		return (headers) -> {
			headers.set("Authorization", "Bearer " + accessToken)
				.set("Accept", accept)
				.set("traceparent", request.trace().parent());
			asked.headers().forEach(headers::set);
		};
	}

	/** What of a client's exceptions the run is told as it is. */
	private static Throwable told(Throwable ex) {
		if (ex instanceof UpstreamRunException) {
			return ex;
		}
		Failure failure = UpstreamFailures.of("", ex).failure();
		return switch (failure) {
			case ADDRESS_REFUSED -> UpstreamRunException.addressRefused();
			case UPSTREAM_BUSY -> UpstreamRunException.status(429);
			default -> (ex instanceof DecoderException) ? UpstreamRunException.malformed() : ex;
		};
	}

	/** A run on its way, or one whose agent has not heard that it is over. */
	private static final class Going {

		private final AgentExchange exchange;

		/** Whether its end was told, or the agent has heard that it may stop. */
		private final AtomicBoolean over = new AtomicBoolean();

		/** What is being told, for all who want it told. */
		private @Nullable Mono<Void> telling;

		Going(AgentExchange exchange) {
			this.exchange = exchange;
		}

		synchronized Mono<Void> tell(Mono<Void> words) {
			Mono<Void> told = this.telling;
			if (this.over.get()) {
				return Mono.empty();
			}
			if (told == null) {
				told = words.doOnSuccess((heard) -> this.over.set(true)).doOnTerminate(this::told).cache();
				this.telling = told;
			}
			return told;
		}

		private synchronized void told() {
			this.telling = null;
		}

	}

}

package dev.pergola.bff.filter;

import java.util.List;

import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.observe.StreamAbortedException;
import dev.pergola.bff.resilience.AnswerKind;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.ServiceStreams;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

/**
 * Bounds services' streams: in number for each person, before the call where the client
 * asks for one by name; and in time, by their age, the session and this process. They are
 * cut then, as nobody knows here whether what was sent is all of something.
 */
final class StreamFilter implements GatewayFilter, Ordered {

	private final Callers callers;

	private final ServiceStreams services;

	private final EventStreams streams;

	/**
	 * Creates the filter.
	 * @param streams knows when the session or this process ends
	 */
	StreamFilter(Callers callers, ServiceStreams services, EventStreams streams) {
		this.callers = callers;
		this.services = services;
		this.streams = streams;
	}

	/** Whether a client asks for a stream by its name. */
	static boolean isAskedFor(ServerHttpRequest request) {
		List<String> accept = request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT);
		for (String types : accept) {
			if (AnswerKind.isAskedFor(types)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public int getOrder() {
		return FilterOrder.STREAM;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		return Mono.defer(() -> {
			Stream response = new Stream(exchange);
			Mono<Void> call = chain.filter(exchange.mutate().response(response).build());
			return (isAskedFor(exchange.getRequest()) ? response.place().then(call) : call)
				.doFinally((signal) -> response.end());
		});
	}

	/** Only streams are written so that every piece is flushed. */
	private final class Stream extends ServerHttpResponseDecorator {

		private final ServerWebExchange exchange;

		private volatile ServiceStreams.@Nullable Place place;

		private volatile boolean over;

		Stream(ServerWebExchange exchange) {
			super(exchange.getResponse());
			this.exchange = exchange;
		}

		/** The stream's place, which is taken when it is not yet. */
		Mono<ServiceStreams.Place> place() {
			ServiceStreams.Place taken = this.place;
			return (taken != null) ? Mono.just(taken) : StreamFilter.this.callers.caller(this.exchange).map(this::take);
		}

		private ServiceStreams.Place take(Caller caller) {
			ServiceStreams.Place taken = StreamFilter.this.services.take(caller.key());
			this.place = taken;
			if (this.over) {
				taken.giveBack();
			}
			return taken;
		}

		void end() {
			this.over = true;
			ServiceStreams.Place taken = this.place;
			if (taken != null) {
				taken.giveBack();
			}
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return place().flatMap((taken) -> super.writeAndFlushWith(Flux.from(body).takeUntilOther(ends(taken))));
		}

		private Mono<Void> ends(ServiceStreams.Place taken) {
			return Mono
				.firstWithSignal(StreamFilter.this.streams.sessionEnds(this.exchange), Mono.delay(taken.left()).then())
				.then(Mono.error(() -> new StreamAbortedException("stream: ended before its content")));
		}

	}

}

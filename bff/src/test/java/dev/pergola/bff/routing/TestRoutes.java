package dev.pergola.bff.routing;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.pergola.bff.caller.AccessTokenSource;
import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.egress.EgressProperties;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.bff.filter.GatewayFilters;
import dev.pergola.bff.limits.TestLimits;
import dev.pergola.bff.resilience.ResilienceProperties;
import dev.pergola.bff.resilience.UpstreamGuards;
import dev.pergola.bff.server.ForwardedBy;
import dev.pergola.bff.server.TrustedProxies;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.bff.streams.ServiceStreams;
import dev.pergola.bff.streams.StreamProperties;
import dev.pergola.bff.streams.TestSession;
import dev.pergola.bff.websocket.WebSocketProperties;
import dev.pergola.bff.websocket.WebSocketRelay;
import dev.pergola.session.SessionProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpMethod;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

/** Route tables without a bff, and the gateway's own way to find a route. */
final class TestRoutes {

	private static final UpstreamClients clients = new UpstreamClients(
			Binder.get(new MockEnvironment()).bindOrCreate("x", EgressProperties.class));

	private TestRoutes() {
	}

	static RouteCompiler compiler() {
		return new RouteCompiler(
				new GatewayFilters(clients, new NoCallers(), TestLimits.unlimited(), webSockets(),
						Binder.get(new MockEnvironment()).bindOrCreate("x", SessionProperties.class),
						new TrustedProxies(List.of(), ForwardedBy.X_FORWARDED), new ServiceStreams(streams()),
						new EventStreams(streams(), TestSession.until(Mono.never()).probe())),
				new UpstreamGuards(Binder.get(new MockEnvironment()).bindOrCreate("x", ResilienceProperties.class),
						new SimpleMeterRegistry()),
				(module, prefix) -> null,
				new RoutingProperties(Duration.ofSeconds(10), Duration.ofSeconds(30), Map.of()),
				new ForwardProperties(URI.create("http://shell:1"), true, Duration.ofSeconds(60)),
				URI.create("http://registry:1"));
	}

	private static WebSocketRelay webSockets() {
		Binder binder = Binder.get(new MockEnvironment());
		return new WebSocketRelay(clients.moduleStreams(), binder.bindOrCreate("x", WebSocketProperties.class),
				new EventStreams(streams(), TestSession.until(Mono.never()).probe()));
	}

	private static StreamProperties streams() {
		return Binder.get(new MockEnvironment()).bindOrCreate("x", StreamProperties.class);
	}

	/** Tries each route in turn. */
	static final class Stock extends RoutePredicateHandlerMapping {

		Stock(List<Route> routes) {
			super(new RouteHandler(), () -> Flux.fromIterable(routes), new GlobalCorsProperties(),
					new MockEnvironment());
		}

		@Nullable Route lookup(String path) {
			return lookup(MockServerWebExchange
				.from(MockServerHttpRequest.method(HttpMethod.GET, URI.create("http://x" + path))));
		}

		@Nullable Route lookup(ServerWebExchange exchange) {
			return lookupRoute(exchange).block();
		}

	}

	private static final class NoCallers implements Callers {

		@Override
		public Mono<Caller> caller(ServerWebExchange exchange) {
			return Mono.empty();
		}

		@Override
		public Mono<String> accessToken(ServerWebExchange exchange) {
			return Mono.empty();
		}

		@Override
		public Mono<AccessTokenSource> accessTokens(ServerWebExchange exchange) {
			return Mono.empty();
		}

		@Override
		public Mono<Boolean> isSession(ServerWebExchange exchange) {
			return Mono.just(false);
		}

	}

}

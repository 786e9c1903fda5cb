package dev.pergola.bff.routing;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.caller.Caller;
import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.egress.EgressProperties;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.bff.filter.GatewayFilters;
import dev.pergola.bff.problem.BffException;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.session.SessionProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTableTests {

	private static final UpstreamClients clients = new UpstreamClients(
			Binder.get(new MockEnvironment()).bindOrCreate("x", EgressProperties.class));

	private final RouteCompiler compiler = new RouteCompiler(
			new GatewayFilters(clients, new NoCallers(),
					Binder.get(new MockEnvironment()).bindOrCreate("x", SessionProperties.class)),
			new RoutingProperties(Duration.ofSeconds(10), Duration.ofSeconds(30)),
			new ForwardProperties(URI.create("http://shell:1"), true, Duration.ofSeconds(60)),
			URI.create("http://registry:1"));

	private final TestCatalog catalog = new TestCatalog();

	@ParameterizedTest
	@ValueSource(strings = { "/api/m0", "/api/m0/", "/api/m0/a/b", "/api/m99/x", "/api/m1", "/api/m10/x",
			"/registry/v1/x", "/registry", "/", "/partnerships", "/apix/y", "/registryx", "/api" })
	void findsWhatTheStockScanFinds(String path) {
		RouteTable table = compile(TestCatalog.many(100, "http://upstream:1"));
		assertThat(table.find(path)).isSameAs(new Stock(table.routes()).lookup(path));
	}

	@Test
	void findsNothingForWhatItOwnsAndDoesNotRoute() {
		RouteTable table = compile(TestCatalog.many(3, "http://upstream:1"));
		for (String path : List.of("/views/x", "/agents", "/agents/runs/1", "/modules/a/1.0.0/b.js",
				"/.well-known/mercure")) {
			assertThat(table.find(path)).as(path).isNull();
			assertThat(new Stock(table.routes()).lookup(path)).as(path).isNull();
		}
	}

	@Test
	void takesRoutesOverThatDidNotChange() {
		Catalog first = this.catalog.put(TestCatalog.module("a", "http://a:1"), TestCatalog.module("b", "http://b:1"));
		RouteTable before = this.compiler.compile(first, this.compiler.empty());
		Catalog second = this.catalog.put(TestCatalog.module("a", "http://a:1"), TestCatalog.module("b", "http://b:2"));
		RouteTable after = this.compiler.compile(second, before);
		assertThat(after.find("/api/a/x")).isSameAs(before.find("/api/a/x"));
		assertThat(after.find("/api/b/x")).isNotSameAs(before.find("/api/b/x"));
		assertThat(after.revision()).isEqualTo(2);
		assertThat(before.find("/api/b/x").getUri()).hasPort(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://a/", "http:opaque", "http://user@a/", "http://a/?x=1", "http://a/#x",
			"file:///etc/passwd", "forward:/x", "lb://a" })
	void makesNoRouteToWhatIsNoService(String url) {
		RouteTable table = compile(TestCatalog.module("bad", url), TestCatalog.module("good", "http://good:1"));
		assertThat(table.broken()).containsExactly("bad");
		assertThat(table.find("/api/good/x")).isNotNull();
		org.assertj.core.api.Assertions.assertThatExceptionOfType(BffException.class)
			.isThrownBy(() -> table.find("/api/bad/x"));
	}

	@Test
	void sortsTheFiltersOnceAndKeepsTheGatewaysLast() {
		Route route = compile(TestCatalog.module("a", "http://a:1")).find("/api/a/x");
		List<Integer> orders = new ArrayList<>();
		for (GatewayFilter filter : route.getFilters()) {
			orders.add(((Ordered) filter).getOrder());
		}
		assertThat(orders).isSorted().hasSize(6).last().isEqualTo(Ordered.LOWEST_PRECEDENCE);
		assertThat(new RouteHandler().getCombinedFilters(route)).isEqualTo(route.getFilters());
	}

	@Test
	void readsNoExpressionInWhatATeamWrote() {
		RouteTable table = compile(TestCatalog.module("a", "http://a:1/%23%7BT(java.lang.Runtime)%7D"));
		assertThat(table.find("/api/a/x").getUri().getRawPath()).isEqualTo("/%23%7BT(java.lang.Runtime)%7D");
	}

	private RouteTable compile(CatalogModule... modules) {
		return this.compiler.compile(this.catalog.put(modules), this.compiler.empty());
	}

	private static final class Stock extends RoutePredicateHandlerMapping {

		Stock(List<Route> routes) {
			super(new RouteHandler(), () -> Flux.fromIterable(routes), new GlobalCorsProperties(),
					new MockEnvironment());
		}

		@Nullable Route lookup(String path) {
			return lookupRoute(MockServerWebExchange
				.from(MockServerHttpRequest.method(HttpMethod.GET, URI.create("http://x" + path)))).block();
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
		public Mono<Boolean> isSession(ServerWebExchange exchange) {
			return Mono.just(false);
		}

	}

}

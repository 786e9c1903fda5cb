package dev.pergola.bff.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.pergola.bff.TestCatalog;
import dev.pergola.bff.problem.BffException;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTableTests {

	private final RouteCompiler compiler = TestRoutes.compiler();

	private final TestCatalog catalog = new TestCatalog();

	@ParameterizedTest
	@ValueSource(strings = { "/api/m0", "/api/m0/", "/api/m0/a/b", "/api/m99/x", "/api/m1", "/api/m10/x",
			"/registry/v1/x", "/registry", "/", "/partnerships", "/apix/y", "/registryx", "/api" })
	void findsWhatTheStockScanFinds(String path) {
		RouteTable table = compile(TestCatalog.many(100, "http://upstream:1"));
		assertThat(table.find(path)).isSameAs(new TestRoutes.Stock(table.routes()).lookup(path));
	}

	@Test
	void findsNothingForWhatItOwnsAndDoesNotRoute() {
		RouteTable table = compile(TestCatalog.many(3, "http://upstream:1"));
		for (String path : List.of("/views/x", "/agents", "/agents/runs/1", "/modules/a/1.0.0/b.js",
				"/.well-known/mercure")) {
			assertThat(table.find(path)).as(path).isNull();
			assertThat(new TestRoutes.Stock(table.routes()).lookup(path)).as(path).isNull();
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
	@Tag("security-27")
	@Tag("security-46")
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
		assertThat(orders).isSorted().last().isEqualTo(Ordered.LOWEST_PRECEDENCE);
		assertThat(new RouteHandler().getCombinedFilters(route)).isEqualTo(route.getFilters());
	}

	@Test
	@Tag("security-43")
	void readsNoExpressionInWhatATeamWrote() {
		RouteTable table = compile(TestCatalog.module("a", "http://a:1/%23%7BT(java.lang.Runtime)%7D"));
		assertThat(table.find("/api/a/x").getUri().getRawPath()).isEqualTo("/%23%7BT(java.lang.Runtime)%7D");
	}

	@Test
	@Tag("bff-1")
	void findsWhatTheStockScanFindsWhateverTheRoutesAndThePaths() {
		Random random = new Random(1);
		for (int round = 0; round < 40; round++) {
			int count = 1 + random.nextInt(30);
			CatalogModule[] modules = IntStream.range(0, count)
				.mapToObj((number) -> name(random) + "-" + number)
				.map((name) -> random.nextInt(4) == 0
						? TestCatalog.disabled(TestCatalog.module(name, "http://u:1"), "off")
						: TestCatalog.module(name, "http://u:1/" + name))
				.toArray(CatalogModule[]::new);
			RouteTable table = compile(modules);
			TestRoutes.Stock stock = new TestRoutes.Stock(table.routes());
			for (int call = 0; call < 60; call++) {
				String path = path(random, modules);
				assertThat(find(table, path)).as(path).isSameAs(stock.lookup(path));
			}
		}
	}

	private static String name(Random random) {
		return random.ints(1 + random.nextInt(3), 'a', 'd')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static String path(Random random, CatalogModule... modules) {
		String module = modules[random.nextInt(modules.length)].module();
		List<String> parts = List.of("/api", "/api/", "/api/" + module, "/", "/" + module, "/registry/", "x", "/views/",
				module, "-1", "/api/a", "%2F");
		StringBuilder path = new StringBuilder(random.nextBoolean() ? "/api/" + module : "/");
		random.ints(random.nextInt(4), 0, parts.size()).forEach((part) -> path.append(parts.get(part)));
		return path.toString().replace("//", "/");
	}

	/** What is refused here has no route there. */
	private static @Nullable Route find(RouteTable table, String path) {
		try {
			return table.find(path);
		}
		catch (BffException refused) {
			return null;
		}
	}

	private RouteTable compile(CatalogModule... modules) {
		return this.compiler.compile(this.catalog.put(modules), this.compiler.empty());
	}

}

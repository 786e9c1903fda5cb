package dev.pergola.bff.routing;

import java.net.URI;
import java.util.concurrent.TimeUnit;

import dev.pergola.bff.TestCatalog;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

/**
 * The table beside the gateway's scan, by number of routes and by where the one that is
 * looked for stands. Profile {@code jmh} runs it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RouteIndexBenchmark {

	@Param({ "1", "100", "1000", "10000", "20000" })
	private int routes;

	@Param({ "first", "middle", "last", "none" })
	private String place = "first";

	private @Nullable RouteTable table;

	private TestRoutes.@Nullable Stock stock;

	private @Nullable ServerWebExchange exchange;

	private String path = "";

	@Setup
	public void setUp() {
		RouteCompiler compiler = TestRoutes.compiler();
		RouteTable made = compiler.compile(new TestCatalog().put(TestCatalog.many(this.routes, "http://upstream:1")),
				compiler.empty());
		int number = switch (this.place) {
			case "first" -> 0;
			case "middle" -> this.routes / 2;
			default -> this.routes - 1;
		};
		this.table = made;
		this.stock = new TestRoutes.Stock(made.routes());
		// What is under none of the prefixes: the table has a route for it without asking
		// any.
		this.path = this.place.equals("none") ? "/views/x" : "/api/m" + number + "/deals/7";
		this.exchange = MockServerWebExchange
			.from(MockServerHttpRequest.method(HttpMethod.GET, URI.create("http://x" + this.path)));
	}

	@Benchmark
	@SuppressWarnings("NullAway")
	public @Nullable Route table() {
		return this.table.find(this.path);
	}

	@Benchmark
	@SuppressWarnings("NullAway")
	public @Nullable Route stockScan() {
		return this.stock.lookup(this.exchange);
	}

}

package dev.pergola.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.pergola.bench.proxy.ProxyBench;
import dev.pergola.bench.registry.RegistryBench;
import dev.pergola.bench.streams.AgentService;
import dev.pergola.bench.streams.StreamBench;

/**
 * Starts the packaged platform and a stock Spring Cloud Gateway, measures one after the
 * other, prints a table and writes it to `bench/results/`. Figures count only as ratios
 * within one run.
 */
public final class Bench {

	private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmUpSeconds", 15));

	private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.roundSeconds", 8));

	private static final int CONNECTIONS = Integer.getInteger("bench.connections", 64);

	private final List<String> rows = new ArrayList<>();

	private Bench() {
	}

	/**
	 * Measures, from the root of the repository.
	 * @param args none for the portal, `registry` for the registry, `bff` for the bff
	 * beside other proxies, `streams` for agents' streams; `stock PORT UPSTREAM ROUTES`
	 * is how it starts the stock gateway, `agents PORT` the agents
	 */
	static void main(String[] args) throws Exception {
		if (args.length == 4 && args[0].equals("stock")) {
			StockGateway.run(args[1], args[2], Integer.parseInt(args[3]));
			return;
		}
		if (args.length == 2 && args[0].equals("agents")) {
			AgentService.run(Integer.parseInt(args[1]));
			return;
		}
		if (args.length == 1 && args[0].equals("streams")) {
			System.exit(new StreamBench().run() ? 0 : 1);
		}
		if (args.length == 1 && args[0].equals("bff")) {
			new ProxyBench().run();
			System.exit(0);
		}
		if (args.length == 1 && args[0].equals("registry")) {
			System.exit(new RegistryBench().run() ? 0 : 1);
		}
		new Bench().measure();
		System.exit(0);
	}

	private void measure() throws Exception {
		Path directory = Files.createTempDirectory("pergola-bench-");
		int portalPort = Packaged.freePort();
		int stockPort = Packaged.freePort();
		int identityPort = Packaged.freePort();
		URI portal = URI.create("http://localhost:" + portalPort);
		try (Upstream upstream = new Upstream();
				Child platform = new Child(
						List.of("-jar", Packaged.jar("standalone").toString(), "--server.port=" + portalPort,
								"--management.server.port=" + Packaged.freePort(),
								"--pergola.standalone.identity.port=" + identityPort,
								"--pergola.standalone.directory=" + directory,
								"--pergola.registry.upstreams.deals=" + upstream.url(),
								// One person makes all calls: they are counted, and none
								// is refused.
								"--pergola.bff.limits.person=1000000/s", "--pergola.bff.limits.tenant=1000000/s",
								"--pergola.bff.limits.modules.deals.person=1000000/s"),
						directory.resolve("portal.log"))) {
			Duration firstPage = platform.await(URI.create("http://localhost:" + identityPort + "/sign-in"), 200);
			Duration portalUp = platform.await(portal.resolve("/"), 303);
			row("start to first page (sign-in), s", seconds(max(firstPage, portalUp)), "10");
			SignedIn person = awaitSignIn(portal, "admin");
			row("resident with all samples, idle, MiB", "" + platform.residentMib(), "700");
			PageWeight home = new PageWeight(person, portal.resolve("/"));
			row("shell scripts of the home page, KiB gzip (%d files)".formatted(home.files()),
					"%.1f".formatted(home.scriptBytes() / 1024.0), "40");
			row("home page, KiB gzip", "%.1f".formatted(home.htmlBytes() / 1024.0), "30");
			try (Child stock = new Child(
					List.of("-jar", Packaged.jar("bench").toString(), "stock", "" + stockPort, upstream.url(), "0"),
					directory.resolve("stock.log"))) {
				stock.await(URI.create("http://localhost:" + stockPort + "/api/deals/deals/d-1"), 200);
				compare(upstream, stockPort, portal, person);
			}
			row("resident after load, MiB", "" + platform.residentMib(), "700");
		}
		write();
	}

	/** Direct, stock and portal in turn, three rounds each; the median counts. */
	private void compare(Upstream upstream, int stockPort, URI portal, SignedIn person) {
		Load load = new Load(CONNECTIONS);
		Map<String, String> none = Map.of();
		Map<String, String> session = Map.of("Cookie", person.cookies(), "X-Pergola", "1");
		String direct = upstream.url() + "/deals/d-1";
		String stock = "http://localhost:" + stockPort + "/api/deals/deals/d-1";
		String pergola = portal.resolve("/api/deals/deals/d-1").toString();
		load.run(direct, none, WARM_UP.dividedBy(3));
		load.run(stock, none, WARM_UP);
		load.run(pergola, session, WARM_UP);
		Load.Result[][] results = new Load.Result[3][3];
		for (int round = 0; round < 3; round++) {
			results[0][round] = load.run(direct, none, ROUND);
			results[1][round] = load.run(stock, none, ROUND);
			results[2][round] = load.run(pergola, session, ROUND);
		}
		Load.Result toDirect = Load.Result.median(results[0]);
		Load.Result toStock = Load.Result.median(results[1]);
		Load.Result toPergola = Load.Result.median(results[2]);
		row("proxied GET, %d connections: direct, requests/s".formatted(CONNECTIONS), rate(toDirect), "");
		row("stock gateway without security, requests/s", rate(toStock), "");
		row("Pergola, signed in, token relayed, requests/s", rate(toPergola), "");
		row("Pergola / stock, requests/s", "%.2f".formatted(toPergola.perSecond() / toStock.perSecond()), "");
		row("Pergola / stock, p99", "%.2f".formatted(toPergola.p99Ms() / toStock.p99Ms()), "");
	}

	private static SignedIn awaitSignIn(URI portal, String person) throws Exception {
		for (int attempt = 0; attempt < 60; attempt++) {
			SignedIn signedIn = new SignedIn(portal.toString(), person);
			if (signedIn.follow(portal.resolve("/")).body().contains("/deals")) {
				return signedIn;
			}
			Thread.sleep(1000);
		}
		throw new IllegalStateException("the sample modules were not published");
	}

	private void row(String what, String value, String target) {
		String row = "| %s | %s | %s |".formatted(what, value, target);
		this.rows.add(row);
		System.out.println(row);
	}

	private void write() throws IOException {
		Path results = Files.createDirectories(Path.of("bench/results"));
		String machine = "%d cores, Java %s, Linux %s".formatted(Runtime.getRuntime().availableProcessors(),
				Runtime.version(), System.getProperty("os.version"));
		Files.writeString(results.resolve("portal.md"),
				"# The portal, measured %s\n\n%s; load, upstream and contenders share the machine.\n\n| what | measured | target |\n| --- | --- | --- |\n%s\n"
					.formatted(LocalDate.now(ZoneId.systemDefault()), machine, String.join("\n", this.rows)));
	}

	private static String rate(Load.Result result) {
		return "%.0f (p50 %.1f ms, p99 %.1f ms)".formatted(result.perSecond(), result.p50Ms(), result.p99Ms());
	}

	private static String seconds(Duration duration) {
		return "%.1f".formatted(duration.toMillis() / 1000.0);
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

}

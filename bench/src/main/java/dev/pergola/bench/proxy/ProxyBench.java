package dev.pergola.bench.proxy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.pergola.bench.Child;
import dev.pergola.bench.Load;
import dev.pergola.bench.Packaged;
import dev.pergola.bench.Portal;
import dev.pergola.bench.SignedIn;
import dev.pergola.bench.Table;

/**
 * Measures the bff beside the stock gateway, nginx and haproxy, one after the other, and
 * writes the table of targets to `bench/results/bff.md`. Figures count only as ratios
 * within one run.
 */
public final class ProxyBench {

	private static final int CONNECTIONS = Integer.getInteger("bench.connections", 64);

	private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmUpSeconds", 15));

	private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("bench.roundSeconds", 8));

	private static final int ROUTES = Integer.getInteger("bench.routes", 10_000);

	private final Wrk load = new Wrk(CONNECTIONS);

	private final Table table = new Table();

	/** Measures everything, from the root of the repository. */
	public void run() throws Exception {
		Path folder = Files.createTempDirectory("pergola-bench-");
		int service = Packaged.freePort();
		try (Contenders contenders = new Contenders(folder); DelayedService delayed = new DelayedService()) {
			String direct = contenders.startService(service);
			contenders.startProxies(URI.create(direct).getPort(), Packaged.freePort(), Packaged.freePort());
			try (Portal portal = Portal.start(folder, direct);
					Child stock = stock(folder, direct, 0, portal.stockPort())) {
				SignedIn person = portal.signIn("admin");
				this.table.add("process start to sign-in page, standalone, s",
						portal.startedAfter().toMillis() / 1000.0, 5);
				stock.await(URI.create(portal.stockUrl()), 200);
				compare(contenders, portal, person, direct);
				swaps(portal, person);
				ViewsAndStreams more = new ViewsAndStreams(portal, person, delayed, this.table);
				more.publish();
				more.views();
				more.streams();
				this.table.add("resident of the portal with all samples, MiB", portal.residentMib(), 300);
				routes(portal, person, folder, direct);
			}
			new StartBench(folder, this.table).run();
		}
		this.table.write(Path.of("bench/results/bff.md"), "The bff",
				"load: %s, %d connections".formatted(this.load.name(), CONNECTIONS));
	}

	private static Child stock(Path folder, String upstream, int routes, int port) throws IOException {
		return new Child(List.of("-jar", Packaged.jar("bench").toString(), "stock", "" + port, upstream, "" + routes),
				folder.resolve("stock-%d.log".formatted(routes)));
	}

	/** Each in turn, three rounds; the median counts. */
	private void compare(Contenders contenders, Portal portal, SignedIn person, String direct) throws IOException {
		Map<String, String> urls = new LinkedHashMap<>();
		urls.put("direct", direct + "/deals/d-1");
		urls.put("stock", portal.stockUrl());
		urls.putAll(contenders.urls());
		urls.put("Pergola", portal.url("/api/deals/deals/d-1"));
		Map<String, List<Load.Result>> results = new LinkedHashMap<>();
		for (int round = -1; round < 3; round++) {
			for (Map.Entry<String, String> each : urls.entrySet()) {
				boolean java = each.getKey().equals("stock") || each.getKey().equals("Pergola");
				Duration time = (round >= 0) ? ROUND : java ? WARM_UP.multipliedBy(2) : Duration.ofSeconds(2);
				Load.Result result = this.load.run(each.getValue(),
						each.getKey().equals("Pergola") ? person.headers() : Map.of(), time);
				if (round >= 0) {
					results.computeIfAbsent(each.getKey(), (name) -> new ArrayList<>()).add(result);
				}
			}
		}
		Map<String, Load.Result> medians = new LinkedHashMap<>();
		results.forEach((name, all) -> medians.put(name, Load.Result.median(all.toArray(Load.Result[]::new))));
		medians.forEach((name, result) -> this.table.note("%s: %.0f requests/s, p50 %.1f ms, p99 %.1f ms"
			.formatted(name, result.perSecond(), result.p50Ms(), result.p99Ms())));
		Load.Result pergola = Objects.requireNonNull(medians.get("Pergola"));
		Load.Result stock = Objects.requireNonNull(medians.get("stock"));
		this.table.add("proxied GET, signed in: requests/s, times the stock gateway's",
				pergola.perSecond() / stock.perSecond(), 2.0);
		Load.Result nginx = medians.get("nginx");
		if (nginx != null) {
			this.table.add("the same, times nginx's", pergola.perSecond() / nginx.perSecond(), 0.6);
		}
		this.table.add("the same: p99, times the stock gateway's", pergola.p99Ms() / stock.p99Ms(), 0.5);
	}

	/** One module is rolled back and forth, fifty times a minute. */
	private void swaps(Portal portal, SignedIn person) throws Exception {
		String url = portal.url("/api/deals/deals/d-1");
		Load.Result quiet = this.load.run(url, person.headers(), ROUND.multipliedBy(2));
		Load.Result busy;
		try (Swaps swaps = new Swaps(portal.registry(person), Duration.ofMinutes(1).dividedBy(50))) {
			busy = this.load.run(url, person.headers(), ROUND.multipliedBy(2));
			this.table.note("%d catalog swaps under load, no failed request".formatted(swaps.count()));
		}
		this.table.add("p99 during 50 catalog swaps a minute, times without", busy.p99Ms() / quiet.p99Ms(), 1.1);
	}

	private void routes(Portal portal, SignedIn person, Path folder, String direct) throws Exception {
		if (ROUTES == 0) {
			return;
		}
		String url = portal.url("/api/deals/deals/d-1");
		Load.Result few = this.load.run(url, person.headers(), ROUND);
		portal.publish(person, ROUTES, direct);
		String last = portal.url("/api/bench-%d/deals/d-1".formatted(ROUTES - 1));
		this.load.run(last, person.headers(), ROUND);
		Load.Result many = this.load.run(last, person.headers(), ROUND);
		this.table.add("last of %,d routes: requests/s, times with few routes".formatted(ROUTES),
				many.perSecond() / few.perSecond(), 0.98);
		int port = Packaged.freePort();
		String stockLast = "http://localhost:%d/api/deals/deals/d-1".formatted(port);
		try (Child stock = stock(folder, direct, 1000, port)) {
			stock.await(URI.create(stockLast), 200);
			this.load.run(stockLast, Map.of(), WARM_UP);
			Load.Result stockMany = this.load.run(stockLast, Map.of(), ROUND);
			Load.Result stockFew = this.load.run(portal.stockUrl(), Map.of(), ROUND);
			this.table.note("stock gateway, last of 1,000 routes: %.2f of one route"
				.formatted(stockMany.perSecond() / stockFew.perSecond()));
		}
	}

}

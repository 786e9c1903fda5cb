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
import java.util.Set;

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

	private static final Set<Part> PARTS = Part.read(System.getProperty("bench.parts", "all"));

	private final Wrk load = new Wrk(CONNECTIONS);

	private final Table table = new Table();

	private final Path folder;

	public ProxyBench() throws IOException {
		this.folder = Files.createTempDirectory("pergola-bench-");
	}

	/** Measures what was asked for, from the root of the repository. */
	public void run() throws Exception {
		if (!PARTS.equals(Set.of(Part.SERVICES))) {
			portal();
		}
		if (PARTS.contains(Part.SERVICES)) {
			new ServicesBench(this.folder, this.load, this.table).run();
		}
		this.table.write(Path.of("bench/results/%s.md".formatted(Part.file(PARTS))), "The bff",
				"load: %s, %d connections".formatted(this.load.name(), CONNECTIONS));
	}

	private void portal() throws Exception {
		int service = Packaged.freePort();
		try (Contenders contenders = new Contenders(this.folder); DelayedService delayed = new DelayedService()) {
			String direct = contenders.startService(service);
			contenders.startProxies(URI.create(direct).getPort(), Packaged.freePort(), Packaged.freePort());
			try (Portal portal = Portal.start(this.folder, direct);
					Child stock = stock(direct, 0, portal.stockPort())) {
				SignedIn person = portal.signIn("admin");
				this.table.add("process start to sign-in page, standalone, s",
						portal.startedAfter().toMillis() / 1000.0, 5);
				stock.await(URI.create(portal.stockUrl()), 200);
				if (PARTS.contains(Part.COMPARE)) {
					compare(contenders, portal, person, direct);
				}
				if (PARTS.contains(Part.SWAPS)) {
					swaps(portal, person);
				}
				moreThanCalls(portal, person, delayed);
				if (PARTS.contains(Part.ROUTES)) {
					routes(portal, person, direct);
				}
				this.table.note("resident of the portal with all samples: %d MiB".formatted(portal.residentMib()));
			}
		}
	}

	private void moreThanCalls(Portal portal, SignedIn person, DelayedService delayed) throws Exception {
		if (!PARTS.contains(Part.VIEWS) && !PARTS.contains(Part.STREAMS)) {
			return;
		}
		ViewsAndStreams more = new ViewsAndStreams(portal, person, delayed, this.table);
		more.publish();
		if (PARTS.contains(Part.VIEWS)) {
			more.views();
		}
		if (PARTS.contains(Part.STREAMS)) {
			more.streams();
		}
	}

	private Child stock(String upstream, int routes, int port) throws IOException {
		return new Child(List.of("-jar", Packaged.jar("bench").toString(), "stock", "" + port, upstream, "" + routes),
				this.folder.resolve("stock-%d.log".formatted(routes)));
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
		compareAtRate(urls, person);
	}

	/** The same where nobody has to wait for a processor: at a rate all can serve. */
	private void compareAtRate(Map<String, String> urls, SignedIn person) throws IOException {
		Map<String, List<Load.Result>> results = new LinkedHashMap<>();
		for (int round = 0; round < 3; round++) {
			for (Map.Entry<String, String> each : urls.entrySet()) {
				this.load
					.runAtRate(each.getValue(), each.getKey().equals("Pergola") ? person.headers() : Map.of(), ROUND,
							this.folder)
					.ifPresent((result) -> results.computeIfAbsent(each.getKey(), (name) -> new ArrayList<>())
						.add(result));
			}
		}
		Map<String, Load.Result> medians = new LinkedHashMap<>();
		results.forEach((name, all) -> medians.put(name, Load.Result.median(all.toArray(Load.Result[]::new))));
		medians.forEach((name, result) -> this.table
			.note("%s at a rate all can serve: %.0f requests/s, p50 %.2f ms, p99 %.2f ms".formatted(name,
					result.perSecond(), result.p50Ms(), result.p99Ms())));
		Load.Result pergola = medians.get("Pergola");
		Load.Result stock = medians.get("stock");
		if (pergola != null && stock != null) {
			this.table.add("at %.0f requests/s: p99, times the stock gateway's".formatted(pergola.perSecond()),
					pergola.p99Ms() / stock.p99Ms(), 0);
		}
	}

	/** One module is rolled back and forth, fifty times a minute. */
	private void swaps(Portal portal, SignedIn person) throws Exception {
		String url = portal.url("/api/deals/deals/d-1");
		this.load.run(url, person.headers(), WARM_UP);
		try (Swaps swaps = rolling(portal, person)) {
			this.load.run(url, person.headers(), WARM_UP);
		}
		List<Load.Result> quiet = new ArrayList<>();
		List<Load.Result> busy = new ArrayList<>();
		List<Load.Result> quietAtRate = new ArrayList<>();
		List<Load.Result> busyAtRate = new ArrayList<>();
		for (int round = 0; round < 3; round++) {
			quiet.add(this.load.run(url, person.headers(), ROUND));
			this.load.runAtRate(url, person.headers(), ROUND, this.folder).ifPresent(quietAtRate::add);
			try (Swaps swaps = rolling(portal, person)) {
				busy.add(this.load.run(url, person.headers(), ROUND));
				this.load.runAtRate(url, person.headers(), ROUND, this.folder).ifPresent(busyAtRate::add);
				this.table.note("%d catalog swaps under load, no failed request".formatted(swaps.count()));
			}
		}
		swapped("p99 during 50 catalog swaps a minute, times without", quiet, busy, 1.1);
		if (!busyAtRate.isEmpty()) {
			swapped("the same at a rate all can serve", quietAtRate, busyAtRate, 0);
		}
	}

	private static Swaps rolling(Portal portal, SignedIn person) throws Exception {
		return new Swaps(portal.registry(person), Duration.ofMinutes(1).dividedBy(50));
	}

	private void swapped(String what, List<Load.Result> quiet, List<Load.Result> busy, double target) {
		Load.Result without = median(quiet);
		Load.Result during = median(busy);
		this.table.note("%.0f requests/s and p99 %.1f ms without swaps, %.0f and %.1f ms during"
			.formatted(without.perSecond(), without.p99Ms(), during.perSecond(), during.p99Ms()));
		this.table.add(what, during.p99Ms() / without.p99Ms(), target);
	}

	private void routes(Portal portal, SignedIn person, String direct) throws Exception {
		String url = portal.url("/api/deals/deals/d-1");
		this.load.run(url, person.headers(), WARM_UP.multipliedBy(2));
		Load.Result few = rounds(url, person);
		portal.publish(person, ROUTES, direct);
		String last = portal.url("/api/bench-%d/deals/d-1".formatted(ROUTES - 1));
		this.load.run(last, person.headers(), WARM_UP);
		List<Load.Result> first = new ArrayList<>();
		List<Load.Result> many = new ArrayList<>();
		for (int round = 0; round < 3; round++) {
			first.add(this.load.run(url, person.headers(), ROUND));
			many.add(this.load.run(last, person.headers(), ROUND));
		}
		double lastPerSecond = median(many).perSecond();
		this.table.add("last of %,d routes: requests/s, times the first of them".formatted(ROUTES),
				lastPerSecond / median(first).perSecond(), 0.98);
		this.table.add("the same, times with few routes", lastPerSecond / few.perSecond(), 0.98);
		int port = Packaged.freePort();
		String stockLast = "http://localhost:%d/api/deals/deals/d-1".formatted(port);
		try (Child stock = stock(direct, 1000, port)) {
			stock.await(URI.create(stockLast), 200);
			this.load.run(stockLast, Map.of(), WARM_UP);
			this.load.run(portal.stockUrl(), Map.of(), WARM_UP);
			Load.Result stockMany = this.load.run(stockLast, Map.of(), ROUND);
			Load.Result stockFew = this.load.run(portal.stockUrl(), Map.of(), ROUND);
			this.table.note("stock gateway, last of 1,000 routes: %.2f of one route"
				.formatted(stockMany.perSecond() / stockFew.perSecond()));
		}
	}

	private static Load.Result median(List<Load.Result> results) {
		return Load.Result.median(results.toArray(Load.Result[]::new));
	}

	private Load.Result rounds(String url, SignedIn person) throws IOException {
		Load.Result[] results = new Load.Result[3];
		for (int round = 0; round < results.length; round++) {
			results[round] = this.load.run(url, person.headers(), ROUND);
		}
		return Load.Result.median(results);
	}

}

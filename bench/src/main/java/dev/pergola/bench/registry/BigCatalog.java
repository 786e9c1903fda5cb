package dev.pergola.bench.registry;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.bench.Child;
import dev.pergola.bench.Load;
import dev.pergola.bench.PageWeight;
import dev.pergola.bench.SignedIn;
import dev.pergola.bench.Load.Result;

/**
 * A whole portal with thousands of modules, of which one person may see a few.
 */
final class BigCatalog {

	private static final int PUBLISHERS = 8;

	private static final Duration ROUND = Duration.ofSeconds(10);

	private final int modules;

	private final int visible;

	/**
	 * Creates the bench.
	 * @param modules how many there are
	 * @param visible how many of them the person may open
	 */
	BigCatalog(int modules, int visible) {
		this.modules = modules;
		this.visible = visible;
	}

	/**
	 * Starts the portal, fills it and measures.
	 * @return what was measured, by what it is
	 */
	Map<String, String> measure(Path jar, Path folder, int port, int identityPort) throws Exception {
		URI portal = URI.create("http://localhost:" + port);
		try (Child platform = new Child(List.of("-jar", jar.toString(), "--server.port=" + port,
				"--management.server.port=0", "--pergola.standalone.identity.port=" + identityPort,
				"--pergola.standalone.directory=" + folder.resolve("portal"),
				"--pergola.standalone.samples.enabled=false"), folder.resolve("portal.log"))) {
			platform.await(URI.create("http://localhost:" + identityPort + "/sign-in"), 200);
			platform.await(portal.resolve("/"), 303);
			Api registry = new Api(portal.resolve("/registry/v1"), "Cookie",
					new SignedIn(portal.toString(), "admin").cookies());
			Map<String, String> figures = new LinkedHashMap<>();
			long start = System.nanoTime();
			fill(registry);
			figures.put("%d modules published and rolled out, s".formatted(this.modules),
					"%.0f".formatted((System.nanoTime() - start) / 1e9));
			SignedIn person = new SignedIn(portal.toString(), "business");
			awaitModules(portal, person);
			measure(figures, portal, person, registry);
			figures.put("resident, MiB", "" + platform.residentMib());
			return figures;
		}
	}

	private void measure(Map<String, String> figures, URI portal, SignedIn person, Api registry) throws Exception {
		PageWeight home = new PageWeight(person, portal.resolve("/"));
		figures.put("home page, %d of them visible, KiB gzip".formatted(this.visible),
				"%.1f".formatted(home.htmlBytes() / 1024.0));
		Map<String, String> session = Map.of("Cookie", person.cookies(), "X-Pergola", "1");
		String catalog = portal.resolve("/catalog").toString();
		Load one = new Load(1);
		one.run(catalog, session, ROUND);
		figures.put("GET /session, one connection",
				text(one.run(portal.resolve("/session").toString(), session, ROUND)));
		figures.put("GET /catalog of one person, one connection", text(one.run(catalog, session, ROUND)));
		figures.put("failed requests during catalog swaps", swaps(catalog, session, registry));
	}

	/**
	 * Rolls one module back and forth while 16 connections ask; a failed request fails
	 * the run.
	 */
	private static String swaps(String catalog, Map<String, String> session, Api registry) throws Exception {
		registry.publish("bench-0", "2.0.0", Bundle.of("bench-0", "2.0.0", ""));
		AtomicBoolean stop = new AtomicBoolean();
		AtomicInteger swaps = new AtomicInteger();
		Result result;
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			executor.submit(() -> {
				while (!stop.get()) {
					rollOut(registry, "bench-0", (swaps.incrementAndGet() % 2 == 0) ? "1.0.0" : "2.0.0");
				}
				return null;
			});
			try {
				result = new Load(16).run(catalog, session, ROUND);
			}
			finally {
				stop.set(true);
			}
		}
		return "0 of %.0f/s, during %d swaps".formatted(result.perSecond(), swaps.get());
	}

	private void fill(Api registry) {
		AtomicInteger next = new AtomicInteger();
		AtomicInteger failed = new AtomicInteger();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < PUBLISHERS; i++) {
				executor.submit(() -> {
					for (int number = next.getAndIncrement(); number < this.modules; number = next.getAndIncrement()) {
						String module = "bench-" + number;
						String requires = (number < this.visible) ? "" : "bench:nobody";
						if (registry.publish(module, "1.0.0", Bundle.of(module, "1.0.0", requires)) != 201) {
							failed.incrementAndGet();
						}
						rollOut(registry, module, "1.0.0");
					}
					return null;
				});
			}
		}
		if (failed.get() > 0) {
			throw new IllegalStateException("%d modules were not published".formatted(failed.get()));
		}
	}

	private void awaitModules(URI portal, SignedIn person) throws Exception {
		String last = "/bench-" + (this.visible - 1);
		for (int attempt = 0; attempt < 120; attempt++) {
			if (person.follow(portal.resolve("/catalog")).body().contains(last)) {
				return;
			}
			Thread.sleep(500);
		}
		throw new IllegalStateException("the portal does not show " + last);
	}

	private static void rollOut(Api registry, String module, String version) throws IOException, InterruptedException {
		registry.put("/modules/%s/channels/stable".formatted(module),
				"{\"rollout\": [{\"version\": \"%s\", \"share\": 100}]}".formatted(version));
	}

	private static String text(Result result) {
		return "p50 %.2f ms, p99 %.2f ms".formatted(result.p50Ms(), result.p99Ms());
	}

}

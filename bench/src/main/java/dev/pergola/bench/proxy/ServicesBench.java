package dev.pergola.bench.proxy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.pergola.bench.Child;
import dev.pergola.bench.Load;
import dev.pergola.bench.Packaged;
import dev.pergola.bench.Portal;
import dev.pergola.bench.Service;
import dev.pergola.bench.ServiceSettings;
import dev.pergola.bench.SignedIn;
import dev.pergola.bench.Table;

/**
 * The platform as an operator runs it, each service a process of its own with a cache of
 * loaded classes: how long each takes to start, and what it keeps in memory after load.
 */
final class ServicesBench {

	private static final int ROUNDS = 3;

	private static final Duration LOAD = Duration.ofSeconds(2L * Integer.getInteger("bench.roundSeconds", 8));

	private final Path folder;

	private final Wrk load;

	private final Table table;

	ServicesBench(Path folder, Wrk load, Table table) {
		this.folder = folder;
		this.load = load;
		this.table = table;
	}

	void run() throws Exception {
		List<Child> running = new ArrayList<>();
		try (Contenders contenders = new Contenders(this.folder)) {
			String deals = contenders.startService(Packaged.freePort());
			ServiceSettings settings = new ServiceSettings(this.folder, deals);
			Map<Service, Child> services = new EnumMap<>(Service.class);
			for (Service service : Service.values()) {
				Layout layout = Layout.of(service.folder(), this.folder, service.options(), settings.of(service));
				Child started = start(service, layout, settings);
				services.put(service, started);
				running.add(started);
			}
			running.add(settings.startIdentity(this.folder));
			use(settings);
			services.forEach((service, process) -> this.table.add(
					"%s by itself: resident after load, MiB".formatted(service.label()), (double) process.residentMib(),
					300));
		}
		finally {
			running.reversed().forEach(Child::close);
		}
		together();
	}

	/** All of it in one process, for comparison. */
	private void together() throws Exception {
		int port = Packaged.freePort();
		int identityPort = Packaged.freePort();
		List<String> options = List.of("-XX:+UseSerialGC");
		List<String> settings = new ArrayList<>(List.of("--server.port=" + port, "--management.server.port=0",
				"--pergola.standalone.identity.port=" + identityPort));
		for (String sample : Portal.SAMPLES) {
			settings.add("--pergola.standalone.samples.ports.%s=%d".formatted(sample, Packaged.freePort()));
		}
		Layout layout = Layout.of("standalone", this.folder, options, in("training", settings));
		double best = Double.MAX_VALUE;
		for (int round = 0; round < ROUNDS; round++) {
			try (Child child = layout.start(options, in("start-" + round, settings),
					this.folder.resolve("together.log"))) {
				child.await(URI.create("http://localhost:%d/sign-in".formatted(identityPort)), 200);
				best = Math.min(best,
						child.await(URI.create("http://localhost:%d/".formatted(port)), 303).toMillis() / 1000.0);
			}
		}
		this.table.add("standalone with a cache of classes: process start to sign-in page, s", best, 5);
	}

	private List<String> in(String directory, List<String> settings) {
		List<String> all = new ArrayList<>(settings);
		all.add("--pergola.standalone.directory=" + this.folder.resolve(directory));
		return all;
	}

	/** The last of several starts goes on. */
	private Child start(Service service, Layout layout, ServiceSettings settings) {
		double best = Double.MAX_VALUE;
		for (int round = 1;; round++) {
			Child child = layout.start(service.options(), settings.of(service),
					this.folder.resolve(service.label() + ".log"));
			best = Math.min(best, child.awaitAnswer(URI.create(settings.url(service) + "/")).toMillis() / 1000.0);
			if (round == ROUNDS) {
				this.table.add("%s by itself: process start to first answer, s".formatted(service.label()), best, 2);
				this.table
					.note("%s by itself: resident after start %d MiB".formatted(service.label(), child.residentMib()));
				return child;
			}
			child.close();
		}
	}

	/** Calls, pages, the catalog and the agents, for a while each. */
	private void use(ServiceSettings settings) throws Exception {
		SignedIn person = new SignedIn(settings.url(Service.BFF), "admin");
		for (String path : List.of("/api/deals/deals/d-1", "/", "/catalog", "/agents", "/registry/v1/modules")) {
			Load.Result result = this.load.run(settings.url(Service.BFF) + path, person.headers(), LOAD);
			this.table.note("services by themselves: %s %.0f requests/s, p50 %.1f ms, p99 %.1f ms".formatted(path,
					result.perSecond(), result.p50Ms(), result.p99Ms()));
		}
	}

}

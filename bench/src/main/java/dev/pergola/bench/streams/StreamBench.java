package dev.pergola.bench.streams;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.pergola.bench.Child;
import dev.pergola.bench.Packaged;
import dev.pergola.bench.Portal;
import dev.pergola.bench.SignedIn;
import dev.pergola.bench.Table;
import dev.pergola.bench.proxy.Contenders;
import dev.pergola.bench.proxy.Program;
import dev.pergola.bench.registry.Api;
import dev.pergola.bench.registry.Bundle;

/**
 * Measures agents' streams: through the portal, beside a direct connection and the stock
 * gateway, and writes the table to `bench/results/streams.md`. Figures count only as
 * ratios within one run.
 */
public final class StreamBench {

	private static final String MODULE = "bench-agents";

	private static final String PROGRAM = "program";

	private static final int STREAMS = Integer.getInteger("bench.streams", 1000);

	private static final int IDLE_STREAMS = Integer.getInteger("bench.idleStreams", 10_000);

	private static final int PROGRAMS = Integer.getInteger("bench.programs", 20);

	/** What is measured; all by default. */
	private static final Set<String> PARTS = Set
		.of(System.getProperty("bench.parts", "first-bytes,delays,programs,idle").split(","));

	private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bench.roundSeconds", 10));

	private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmUpSeconds", 30));

	/**
	 * For streams that have just been opened: what a thousand starts left behind for the
	 * collector is not what it costs to hold them.
	 */
	private static final Duration SETTLING = Duration.ofSeconds(15);

	private static final int ROUNDS = 3;

	/**
	 * Watchers of one run, so that idle streams fit into the files a process may open.
	 */
	private static final int VIEWERS = 50;

	private final Table table = new Table();

	/**
	 * Measures everything, from the root of the repository.
	 * @return whether memory stayed flat, where that was watched
	 */
	public boolean run() throws Exception {
		Path folder = Files.createTempDirectory("pergola-bench-");
		int port = Packaged.freePort();
		String service = "http://localhost:" + port;
		boolean isFlat = true;
		try (Child agents = new Child(List.of("-jar", Packaged.jar("bench").toString(), "agents", "" + port),
				folder.resolve("agents.log"))) {
			agents.await(URI.create(service + "/health"), 200);
			try (Contenders contenders = new Contenders(folder);
					Portal portal = Portal.startServices(folder, service, settings(folder));
					Child stock = new Child(List.of("-jar", Packaged.jar("bench").toString(), "stock",
							"" + portal.stockPort(), service, "0"), folder.resolve("stock.log"))) {
				stock.await(URI.create("http://localhost:%d/api/deals/health".formatted(portal.stockPort())), 200);
				SignedIn person = portal.signIn("admin");
				publish(portal, person, service);
				measure(portal, person, service, contenders.startStreamProxy(port, Packaged.freePort()));
				Soak soak = new Soak(portal, way(portal, person, AgentService.TALKING), this.table);
				isFlat = soak.run();
			}
		}
		this.table.write(Path.of("bench/results/streams.md"), "Streams of agents",
				"load: a Java client in a process of its own; %d s a round".formatted(TIME.toSeconds()));
		return isFlat;
	}

	private void measure(Portal portal, SignedIn person, String service, Optional<String> nginx)
			throws InterruptedException {
		if (PARTS.contains("first-bytes")) {
			firstBytes(ways(portal, person, service, AgentService.SILENT));
		}
		if (PARTS.contains("delays")) {
			delays(ways(portal, person, service, AgentService.TALKING),
					nginx.map((url) -> Way.straight(url + "/agents/" + AgentService.TALKING)));
		}
		if (PARTS.contains("programs")) {
			programs(portal, person);
		}
		if (PARTS.contains("idle")) {
			idle(portal, way(portal, person, AgentService.SILENT));
		}
	}

	/** Directly, through the stock gateway, through the portal. */
	private static List<Way> ways(Portal portal, SignedIn person, String service, String agent) {
		return List.of(Way.straight(service + "/agents/" + agent),
				Way.straight("http://localhost:%d/api/deals/agents/%s".formatted(portal.stockPort(), agent)),
				way(portal, person, agent));
	}

	/** Some time apart, so that what is measured is the way and not a queue. */
	private void firstBytes(List<Way> ways) throws InterruptedException {
		int starts = 200;
		List<Delays> results = new ArrayList<>();
		// The last round counts.
		for (int round = 0; round < 3; round++) {
			results.clear();
			for (Way way : ways) {
				try (OpenStreams streams = new OpenStreams(way, starts, 1, Duration.ofMillis(20))) {
					results.add(streams.firstBytes());
				}
			}
		}
		this.table
			.note("first byte, %d runs started 20 ms apart: p50 / p90 / p99 %s direct, %s stock gateway, %s Pergola"
				.formatted(starts, results.get(0).text(), results.get(1).text(), results.get(2).text()));
		this.table.add("first byte of a run, p99, ms", results.get(2).p99(), 50);
	}

	/**
	 * Rounds of one way after another, so that what else the machine does hits them all.
	 */
	private void delays(List<Way> ways, Optional<Way> nginx) throws InterruptedException {
		List<Way> all = new ArrayList<>(ways);
		nginx.ifPresent(all::add);
		for (Way way : all) {
			delays(way, STREAMS, 1, WARM_UP);
		}
		List<List<Delays>> rounds = all.stream().<List<Delays>>map((way) -> new ArrayList<>()).toList();
		for (int round = 0; round < ROUNDS; round++) {
			for (int way = 0; way < all.size(); way++) {
				rounds.get(way).add(delays(all.get(way), STREAMS, 1, SETTLING));
			}
		}
		List<Delays> medians = rounds.stream().map(Delays::median).toList();
		Delays direct = medians.get(0);
		Delays stock = medians.get(1);
		Delays pergola = medians.get(2);
		this.table
			.note("%,d streams, 10 events/s: delay p50 / p90 / p99 %s direct, %s nginx, %s stock gateway, %s Pergola"
				.formatted(STREAMS, direct.text(), nginx.map((way) -> medians.get(3).text()).orElse("(not installed)"),
						stock.text(), pergola.text()));
		this.table.note("the same, p99 of each round: " + rounds.stream()
			.map((each) -> each.stream()
				.map((delays) -> "%.2f".formatted(delays.p99()))
				.collect(Collectors.joining(" ")))
			.collect(Collectors.joining(", ")));
		this.table.note("events that arrived meanwhile: %,d direct, %,d stock gateway, %,d Pergola"
			.formatted(direct.count(), stock.count(), pergola.count()));
		this.table.add("%,d runs of an HTTP agent, 10 events/s: p99 delay, times direct".formatted(STREAMS),
				pergola.p99() / direct.p99(), 2);
		this.table.add("the same, times the stock gateway's", pergola.p99() / stock.p99(), 1);
	}

	private void programs(Portal portal, SignedIn person) throws InterruptedException {
		if (program().isEmpty()) {
			this.table.note("python3 is not installed: no program was run through the agent-bridge");
			return;
		}
		Way program = way(portal, person, PROGRAM);
		Delays alone = delays(program, 1, 1, TIME);
		this.table.note("one program: delay from its write to the frame, p50 / p90 / p99 %s, of %,d writes"
			.formatted(alone.text(), alone.count()));
		this.table.add("text of a program that runs: p99 from its write to the frame, ms", alone.p99(), 0);
		Delays many = delays(program, PROGRAMS, Math.max(1, STREAMS / PROGRAMS), TIME);
		this.table.note("%d programs, %,d streams: delay p50 / p90 / p99 %s, of %,d events".formatted(PROGRAMS,
				PROGRAMS * Math.max(1, STREAMS / PROGRAMS), many.text(), many.count()));
	}

	private void idle(Portal portal, Way silent) throws InterruptedException {
		int runs = Math.max(1, IDLE_STREAMS / VIEWERS);
		long before = portal.residentMib();
		try (OpenStreams streams = new OpenStreams(silent, runs, VIEWERS, Duration.ofMillis(2))) {
			Thread.sleep(TIME.multipliedBy(2));
			this.table.add("%,d idle streams of %d runs: resident KiB each".formatted(runs * VIEWERS, runs),
					(portal.residentMib() - before) * 1024.0 / (runs * VIEWERS), 16);
			this.table.note("first byte of these streams, opened 1 to 2 ms apart: p50 / p90 / p99 "
					+ streams.firstBytes().text());
		}
	}

	private static Delays delays(Way way, int runs, int viewers, Duration before) throws InterruptedException {
		try (OpenStreams streams = new OpenStreams(way, runs, viewers, Duration.ofMillis(2))) {
			streams.delays(before);
			return streams.delays(TIME);
		}
	}

	private static Way way(Portal portal, SignedIn person, String agent) {
		return new Way(portal.url("/agents/%s/%s/runs".formatted(MODULE, agent)), portal.url("/agents/runs"),
				person.headers());
	}

	private static void publish(Portal portal, SignedIn person, String service) throws Exception {
		Api registry = portal.registry(person);
		registry.put("/teams/bench", "{\"contact\": \"bench@example.com\", \"hosts\": [\"localhost\"]}");
		Portal.publish(registry, MODULE, "1.0.0", Bundle.withAgents(MODULE, "1.0.0", service,
				List.of(AgentService.TALKING, AgentService.SILENT), PROGRAM));
		portal.await(person, "/api/%s/health".formatted(MODULE));
	}

	private static Optional<Path> program() {
		return Program.find("python3");
	}

	/**
	 * One person holds all streams and starts all runs: they are counted, and none is
	 * refused.
	 */
	private static String[] settings(Path folder) throws IOException {
		List<String> settings = new ArrayList<>(List.of("--pergola.bff.egress.max-connections=12000",
				"--pergola.bff.egress.max-stream-connections=12000", "--pergola.bff.routing.timeout=60s",
				"--pergola.bff.streams.max-per-person=20000", "--pergola.bff.streams.max-per-team=20000",
				"--pergola.bff.streams.max-total=20000", "--pergola.bff.streams.max-age=24h",
				"--pergola.bff.agents.max-runs-per-person=20000", "--pergola.bff.agents.max-runs=20000",
				"--pergola.bff.agents.max-runs-per-team=20000", "--pergola.bff.agents.max-duration=24h",
				"--pergola.bff.agents.retention=10s", "--pergola.agent-bridge.max-runs=1000",
				"--pergola.agent-bridge.max-per-team=1000", "--pergola.agent-bridge.max-per-principal=1000",
				"--pergola.agent-bridge.free-memory=0", "--pergola.agent-bridge.retention=10s"));
		Path script = folder.resolve("program.py");
		Files.writeString(script, """
				import sys, time
				while True:
				    sys.stdout.write("at:%d;" % time.monotonic_ns())
				    sys.stdout.flush()
				    time.sleep(0.1)
				""");
		String runner = "--pergola.agent-bridge.runners." + PROGRAM;
		program().ifPresent((python) -> settings.addAll(List.of(runner + ".command[0]=" + python,
				runner + ".command[1]=" + script, runner + ".timeout=24h", runner + ".output-limit=1GB")));
		return settings.toArray(String[]::new);
	}

}

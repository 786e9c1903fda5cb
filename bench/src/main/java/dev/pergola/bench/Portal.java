package dev.pergola.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.bench.registry.Api;
import dev.pergola.bench.registry.Bundle;

/** The packaged portal, in a process of its own. */
public final class Portal implements AutoCloseable {

	private static final int PUBLISHERS = 8;

	private final Child process;

	/** Modules that come with it, each a process of its own. */
	public static final List<String> SAMPLES = List.of("partnerships", "deals", "people", "organizations");

	private final int port;

	private final int stockPort;

	private final Duration startedAfter;

	private Portal(Child process, int port, int stockPort, Duration startedAfter) {
		this.process = process;
		this.port = port;
		this.stockPort = stockPort;
		this.startedAfter = startedAfter;
	}

	/**
	 * Starts it and waits until it answers.
	 * @param folder gets its data and what it prints
	 * @param deals address of the service of the module deals
	 * @param more further settings, such as {@code --pergola.bff.agents.max-runs=5}
	 */
	public static Portal start(Path folder, String deals, String... more) throws IOException {
		int port = Packaged.freePort();
		int identityPort = Packaged.freePort();
		Path data = Files.createDirectories(folder.resolve("portal"));
		List<String> arguments = new ArrayList<>(List.of("-jar", Packaged.jar("standalone").toString(),
				"--server.port=" + port, "--management.server.port=" + Packaged.freePort(),
				"--pergola.standalone.identity.port=" + identityPort, "--pergola.standalone.directory=" + data,
				"--pergola.registry.upstreams.deals=" + deals, "--pergola.bff.egress.max-connections=12000",
				"--pergola.bff.egress.max-stream-connections=12000", "--pergola.bff.routing.timeout=60s",
				// One person makes all calls: they are counted, and none is refused.
				"--pergola.bff.limits.person=1000000/s", "--pergola.bff.limits.person-module=1000000/s",
				"--pergola.bff.limits.tenant=1000000/s", "--pergola.bff.limits.modules.deals.person=1000000/s"));
		for (String sample : SAMPLES) {
			arguments.add("--pergola.standalone.samples.ports.%s=%d".formatted(sample, Packaged.freePort()));
		}
		arguments.addAll(List.of(more));
		Child process = new Child(arguments, folder.resolve("portal.log"));
		Duration page = process.await(URI.create("http://localhost:" + identityPort + "/sign-in"), 200);
		Duration portal = process.await(URI.create("http://localhost:%d/".formatted(port)), 303);
		return new Portal(process, port, Packaged.freePort(), (page.compareTo(portal) > 0) ? page : portal);
	}

	/** Time from the start of the process to the first page. */
	public Duration startedAfter() {
		return this.startedAfter;
	}

	/** Address of a path. */
	public String url(String path) {
		return "http://localhost:" + this.port + path;
	}

	/** Port for a stock gateway to compare with. */
	public int stockPort() {
		return this.stockPort;
	}

	/** What the stock gateway answers there as the portal does. */
	public String stockUrl() {
		return "http://localhost:" + this.stockPort + "/api/deals/deals/d-1";
	}

	/** Resident memory of the process and all it started. */
	public long residentMib() {
		return this.process.residentMib();
	}

	/** Signs a demo person in, once the samples are published. */
	public SignedIn signIn(String person) throws IOException, InterruptedException {
		for (int attempt = 0; attempt < 60; attempt++) {
			SignedIn signedIn = new SignedIn(url(""), person);
			if (signedIn.follow(URI.create(url("/"))).body().contains("/deals")) {
				return signedIn;
			}
			Thread.sleep(1000);
		}
		throw new IllegalStateException("the sample modules were not published");
	}

	/** The registry, called by somebody. */
	public Api registry(SignedIn person) {
		return new Api(URI.create(url("/registry/v1")), "Cookie", person.cookies());
	}

	/**
	 * Publishes modules whose service is at an address, and waits until calls reach it.
	 */
	public void publish(SignedIn person, int count, String upstream) throws Exception {
		Api registry = registry(person);
		registry.put("/teams/bench", "{\"contact\": \"bench@example.com\", \"hosts\": [\"localhost\"]}");
		AtomicInteger next = new AtomicInteger();
		List<Future<?>> publishers = new ArrayList<>();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < PUBLISHERS; i++) {
				publishers.add(executor.submit(() -> {
					for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
						publish(registry, "bench-" + number, "1.0.0",
								Bundle.withUpstream("bench-" + number, "1.0.0", upstream));
					}
					return null;
				}));
			}
		}
		for (Future<?> publisher : publishers) {
			publisher.get();
		}
		await(person, "/api/bench-%d/deals/d-1".formatted(count - 1));
	}

	/** Publishes and rolls out. */
	public static void publish(Api registry, String module, String version, byte[] bundle)
			throws IOException, InterruptedException {
		int status = registry.publish(module, version, bundle);
		if (status != 201 && status != 200) {
			throw new IllegalStateException("%s %s: %d".formatted(module, version, status));
		}
		registry.put("/modules/%s/channels/stable".formatted(module),
				"{\"rollout\": [{\"version\": \"%s\", \"share\": 100}]}".formatted(version));
	}

	/** Waits until a path answers 200. */
	public void await(SignedIn person, String path) throws IOException, InterruptedException {
		for (int attempt = 0; attempt < 240; attempt++) {
			if (person.call(URI.create(url(path))).statusCode() == 200) {
				return;
			}
			Thread.sleep(500);
		}
		throw new IllegalStateException(path + " does not answer");
	}

	@Override
	public void close() {
		this.process.close();
	}

}

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
import java.util.stream.Stream;

import dev.pergola.bench.registry.Api;
import dev.pergola.bench.registry.Bundle;

/** The packaged portal, in one process or in those an operator runs. */
public final class Portal implements AutoCloseable {

	private static final int PUBLISHERS = 8;

	/** What people and programs ask, first of all. */
	private final Child edge;

	private final List<Child> others;

	/** Modules that come with it, each a process of its own. */
	public static final List<String> SAMPLES = List.of("partnerships", "deals", "people", "organizations");

	private final int port;

	private final int stockPort;

	private final Duration startedAfter;

	private Portal(Child edge, List<Child> others, int port, int stockPort, Duration startedAfter) {
		this.edge = edge;
		this.others = others;
		this.port = port;
		this.stockPort = stockPort;
		this.startedAfter = startedAfter;
	}

	/**
	 * Starts it as one process and waits until it answers.
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
		return new Portal(process, List.of(), port, Packaged.freePort(), (page.compareTo(portal) > 0) ? page : portal);
	}

	/**
	 * Starts each of its services as a process of its own, and waits until the samples
	 * are published.
	 * @param folder gets their data and what they print
	 * @param deals address of the service of the module deals
	 * @param more further settings, such as {@code --pergola.bff.agents.max-runs=5}; each
	 * goes to the service it is named after
	 */
	public static Portal startServices(Path folder, String deals, String... more)
			throws IOException, InterruptedException {
		ServiceSettings settings = new ServiceSettings(folder, deals);
		List<Child> others = new ArrayList<>();
		for (Service service : List.of(Service.REGISTRY, Service.BRIDGE, Service.SHELL)) {
			others.add(start(service, settings, folder, more));
		}
		Child edge = start(Service.BFF, settings, folder, more);
		others.add(settings.startIdentity(folder));
		return new Portal(edge, others, URI.create(settings.url(Service.BFF)).getPort(), Packaged.freePort(),
				Duration.ZERO);
	}

	private static Child start(Service service, ServiceSettings settings, Path folder, String... more)
			throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-jar", Packaged.jar(service.folder()).toString()));
		arguments.addAll(settings.of(service));
		Stream.of(more)
			.filter((setting) -> setting.startsWith("--pergola.%s.".formatted(service.label())))
			.forEach(arguments::add);
		Child child = new Child(arguments, folder.resolve(service.label() + ".log"));
		child.awaitAnswer(URI.create(settings.url(service) + "/"));
		return child;
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

	/**
	 * Resident memory of the process that is asked and all it started.
	 */
	public long residentMib() {
		return this.edge.residentMib();
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
		this.edge.close();
		this.others.reversed().forEach(Child::close);
	}

}

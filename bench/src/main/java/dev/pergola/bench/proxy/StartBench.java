package dev.pergola.bench.proxy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.bench.Child;
import dev.pergola.bench.Packaged;
import dev.pergola.bench.Table;

/** How long services take to start by themselves, with a cache of loaded classes. */
final class StartBench {

	private static final List<String> SERVICES = List.of("bff", "shell", "mfe-registry", "agent-bridge");

	private final Path folder;

	private final Table table;

	StartBench(Path folder, Table table) {
		this.folder = folder;
		this.table = table;
	}

	void run() throws Exception {
		for (String service : SERVICES) {
			Path extracted = extract(service);
			Path cache = extracted.resolve("classes.aot");
			start(service, extracted, List.of("-XX:AOTCacheOutput=" + cache)).close();
			if (!Files.exists(cache)) {
				this.table.note(service + ": no cache of classes was written");
			}
			long best = Long.MAX_VALUE;
			long resident = 0;
			for (int round = 0; round < 3; round++) {
				long begin = System.nanoTime();
				try (Child child = start(service, extracted, List.of("-XX:AOTCache=" + cache))) {
					best = Math.min(best, System.nanoTime() - begin);
					resident = child.residentMib();
				}
			}
			this.table.add("%s by itself: process start to first answer, s".formatted(service), best / 1e9, 2);
			this.table.note("%s by itself: resident after start %d MiB".formatted(service, resident));
		}
	}

	/** A cache of classes needs jars that are files of their own. */
	private Path extract(String service) throws IOException, InterruptedException {
		Path target = this.folder.resolve("start-" + service);
		new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djarmode=tools",
				"-jar", Packaged.jar(service).toAbsolutePath().toString(), "extract", "--destination",
				target.toString())
			.inheritIO()
			.start()
			.waitFor();
		return target;
	}

	private Child start(String service, Path extracted, List<String> options) throws IOException {
		int port = Packaged.freePort();
		List<String> arguments = new ArrayList<>(options);
		arguments.addAll(List.of("-jar", extracted.resolve(Packaged.jar(service).getFileName()).toString(),
				"--server.port=" + port, "--management.server.port=0",
				"--pergola.registry.directory=" + extracted.resolve("data"),
				"--pergola.registry.service-token=bench-service-token-0001",
				"--pergola.registry-client.service-token=bench-service-token-0001",
				"--pergola.registry-client.directory=" + extracted.resolve("client"),
				"--pergola.agent-bridge.service-token=bench-service-token-0001",
				"--pergola.bff.bridge-token=bench-service-token-0001",
				"--spring.security.oauth2.client.registration.pergola.client-id=pergola",
				"--spring.security.oauth2.client.registration.pergola.client-secret=secret",
				"--spring.security.oauth2.client.registration.pergola.scope=openid",
				"--spring.security.oauth2.client.provider.pergola.issuer-uri=http://localhost:1",
				"--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://localhost:1",
				"--spring.security.oauth2.resourceserver.jwt.audiences=pergola"));
		Child child = new Child(arguments, this.folder.resolve("start-%s.log".formatted(service)));
		child.awaitAnswer(URI.create("http://localhost:%d/agents".formatted(port)));
		return child;
	}

}

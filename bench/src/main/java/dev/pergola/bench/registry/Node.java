package dev.pergola.bench.registry;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import dev.pergola.bench.Child;

/**
 * A registry in a process of its own, over a PostgreSQL and a folder that others share.
 */
final class Node implements AutoCloseable {

	private static final String TOKEN = "bench-service-token-0001";

	private final List<String> arguments;

	private final Path log;

	private final int port;

	private Child process;

	Node(Path jar, String database, Path folder, int number, int port) {
		this.port = port;
		this.log = folder.resolve("node-%d.log".formatted(number));
		this.arguments = List.of("-jar", jar.toString(), "--server.port=" + port, "--management.server.port=0",
				"--pergola.registry.directory=" + folder.resolve("registry"),
				"--pergola.registry.service-token=" + TOKEN, "--pergola.registry.service-publishes=true",
				"--pergola.registry.datasource.url=" + database, "--pergola.registry.datasource.username=postgres");
		this.process = new Child(this.arguments, this.log);
	}

	Api api() {
		return new Api(URI.create("http://localhost:" + this.port + "/registry/v1"), "Authorization",
				"Bearer " + TOKEN);
	}

	void await() {
		this.process.await(URI.create("http://localhost:" + this.port + "/registry/v1/openapi.json"), 200);
	}

	/** Ends the process as a crash does, and starts it again. */
	void crash() {
		this.process.kill();
		this.process = new Child(this.arguments, this.log);
		await();
	}

	long residentMib() {
		return this.process.residentMib();
	}

	@Override
	public void close() {
		this.process.close();
	}

}

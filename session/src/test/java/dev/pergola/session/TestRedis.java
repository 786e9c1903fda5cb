package dev.pergola.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import redis.embedded.RedisServer;

/** A real Redis on a port of its own, without files. */
public final class TestRedis implements AutoCloseable {

	/** A key of sessions. */
	public static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

	private final int port;

	private final RedisClient client;

	private final StatefulRedisConnection<String, String> connection;

	private RedisServer server;

	private String process = "";

	public TestRedis() throws IOException {
		this.port = SessionIntegrationTests.freePort();
		start();
		this.client = RedisClient.create(url());
		// Names of keys and what they hold need not be UTF-8.
		this.connection = this.client.connect(new StringCodec(StandardCharsets.ISO_8859_1));
	}

	public int port() {
		return this.port;
	}

	public String url() {
		return "redis://localhost:" + this.port;
	}

	/** Settings of a node that keeps its sessions here. */
	public List<String> settings() {
		return List.of("--pergola.session.store=redis", "--pergola.session.keys=" + KEY,
				"--pergola.session.redis.url=" + url());
	}

	public void start() throws IOException {
		this.server = RedisServer.newRedisServer()
			.port(this.port)
			.setting("save \"\"")
			.setting("appendonly no")
			.setting("bind 127.0.0.1")
			.build();
		this.server.start();
		try (RedisClient asking = RedisClient.create(url())) {
			this.process = asking.connect()
				.sync()
				.info("server")
				.lines()
				.filter((line) -> line.startsWith("process_id:"))
				.map((line) -> line.substring("process_id:".length()).strip())
				.findFirst()
				.orElseThrow();
		}
	}

	public void stop() throws IOException {
		this.server.stop();
	}

	/** Lets Redis hang: it takes connections and says nothing. */
	public void freeze() throws IOException {
		signal("STOP", this.process);
	}

	/** Lets it go on. */
	public void thaw() throws IOException {
		signal("CONT", this.process);
	}

	/** Commands of the tests' own. */
	public RedisCommands<String, String> commands() {
		return this.connection.sync();
	}

	private static void signal(String name, String process) throws IOException {
		try {
			new ProcessBuilder("kill", "-" + name, process).start().waitFor();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
		stop();
	}

}

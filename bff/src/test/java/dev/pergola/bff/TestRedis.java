package dev.pergola.bff;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;

import redis.embedded.RedisServer;

/** A Redis of the tests' own, which can be made to hang. */
public final class TestRedis implements AutoCloseable {

	private final RedisServer server;

	private final int port;

	private final List<ProcessHandle> processes;

	private TestRedis(int port) throws IOException {
		List<ProcessHandle> before = ProcessHandle.current().children().toList();
		this.port = port;
		this.server = RedisServer.newRedisServer().port(port).setting("save \"\"").setting("bind 127.0.0.1").build();
		this.server.start();
		this.processes = ProcessHandle.current().children().filter((each) -> !before.contains(each)).toList();
	}

	public static TestRedis start() throws IOException {
		return start(freePort());
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			return free.getLocalPort();
		}
	}

	public static TestRedis start(int port) throws IOException {
		return new TestRedis(port);
	}

	public int port() {
		return this.port;
	}

	public String url() {
		return "redis://127.0.0.1:" + this.port;
	}

	/** Leaves its connections open and answers nobody. */
	public void freeze() {
		signal("STOP");
	}

	public void thaw() {
		signal("CONT");
	}

	private void signal(String name) {
		this.processes.forEach((process) -> {
			try {
				new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	@Override
	public void close() throws IOException {
		thaw();
		this.server.stop();
	}

}

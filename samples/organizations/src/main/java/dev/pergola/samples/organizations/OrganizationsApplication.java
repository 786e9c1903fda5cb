package dev.pergola.samples.organizations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpServer;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * The organizations application: HTML from the server, with a database of its own. Runs
 * alone, or beside others in one process.
 */
public final class OrganizationsApplication {

	private OrganizationsApplication() {
	}

	/**
	 * Starts the service and returns when it listens.
	 * @param settings {@code port}, {@code issuer}, {@code directory}, {@code address},
	 * {@code stand-alone}; what is left out has the default of the README
	 * @return stops the service
	 */
	public static AutoCloseable start(Map<String, String> settings) {
		// Without it small writes wait for the client's acknowledgement.
		if (System.getProperty("sun.net.httpserver.nodelay") == null) {
			System.setProperty("sun.net.httpserver.nodelay", "true");
		}
		Path directory = Path.of(settings.getOrDefault("directory", "var/organizations")).toAbsolutePath();
		// Each commit is on disk before it is acknowledged.
		JdbcConnectionPool pool = JdbcConnectionPool
			.create("jdbc:h2:file:" + directory.resolve("organizations") + ";WRITE_DELAY=0", "sa", "");
		try {
			OrganizationStore store = new OrganizationStore(pool);
			store.prepare(SeedData::read);
			AccessTokens tokens = new AccessTokens(
					URI.create(settings.getOrDefault("issuer", "http://localhost:9000")));
			boolean standAlone = Boolean.parseBoolean(settings.getOrDefault("stand-alone", "false"));
			HttpServer server = HttpServer.create(new InetSocketAddress(settings.getOrDefault("address", "127.0.0.1"),
					Integer.parseInt(settings.getOrDefault("port", "8104"))), 0);
			ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
			server.setExecutor(threads);
			server.createContext("/", new OrganizationsHandler(store, tokens, standAlone));
			server.start();
			return () -> {
				server.stop(0);
				threads.shutdownNow();
				pool.dispose();
			};
		}
		catch (IOException ex) {
			pool.dispose();
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts the service alone.
	 * @param args settings, such as {@code --port=8104}
	 */
	public static void main(String[] args) throws InterruptedException {
		Map<String, String> settings = new LinkedHashMap<>();
		for (String arg : args) {
			String[] parts = arg.replaceFirst("^--", "").split("=", 2);
			if (!arg.startsWith("--") || parts.length != 2) {
				throw new IllegalArgumentException("argument: %s (expected: --name=value)".formatted(arg));
			}
			settings.put(parts[0], parts[1]);
		}
		AutoCloseable service = start(settings);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				service.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}));
		new CountDownLatch(1).await();
	}

}

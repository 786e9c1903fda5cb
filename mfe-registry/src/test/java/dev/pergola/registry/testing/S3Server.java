package dev.pergola.registry.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import static org.awaitility.Awaitility.await;

/**
 * Adobe's S3Mock, a server that speaks S3, in a process of its own: it is a Spring Boot
 * application of another version. Started on first use, stopped with the tests.
 */
public final class S3Server {

	/** Bucket that is there from the start. */
	public static final String BUCKET = "bundles";

	private S3Server() {
	}

	public static URI endpoint() {
		return Running.ENDPOINT;
	}

	private static URI start() {
		try {
			Path folder = TestRegistry.folder();
			int port = freePort();
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx192m", "-XX:TieredStopAtLevel=1", "-jar", jar(), "--server.port=0", "--vectors.http.port=0",
					"--vectors.https.port=0", "--com.adobe.testing.s3mock.http-port=" + port,
					"--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET,
					"--com.adobe.testing.s3mock.store.root=" + Files.createDirectory(folder.resolve("buckets")))
				.redirectErrorStream(true)
				.redirectOutput(folder.resolve("log").toFile())
				.start();
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			URI endpoint = URI.create("http://localhost:" + port);
			HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/favicon.ico")).build();
			try (HttpClient client = HttpClient.newHttpClient()) {
				await().atMost(Duration.ofSeconds(60))
					.ignoreExceptions()
					.until(() -> client.send(request, BodyHandlers.discarding()).statusCode() < 500);
			}
			return endpoint;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String jar() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((path) -> Path.of(path).getFileName().toString().startsWith("s3mock-"))
			.findFirst()
			.orElseThrow();
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			return free.getLocalPort();
		}
	}

	/**
	 * A class of its own: the wait for the start runs on a thread that needs the outer
	 * one ready.
	 */
	private static final class Running {

		private static final URI ENDPOINT = start();

	}

}

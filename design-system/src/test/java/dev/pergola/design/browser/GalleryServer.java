package dev.pergola.design.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * Serves the gallery the way the portal does: in its layout, under its content security
 * policy.
 */
final class GalleryServer implements AutoCloseable {

	private static final String ASSETS = "/assets/test";

	private static final Path GALLERY = Path.of("src/main/resources/META-INF/pergola/gallery");

	private static final String POLICY = "default-src 'self'; script-src 'nonce-test' 'strict-dynamic'; style-src 'self'; "
			+ "object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types pergola lit-html";

	private static final Map<String, String> TYPES = Map.of("js", "text/javascript", "css", "text/css", "svg",
			"image/svg+xml", "json", "application/json");

	private final HttpServer server;

	private final String layout;

	GalleryServer(int port) throws IOException {
		this.layout = new String(resource("/dev/pergola/design/browser/layout.html"), StandardCharsets.UTF_8);
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	/** Serves until the process ends, on the port that is the one argument. */
	static void main(String[] arguments) throws IOException {
		System.out.println(new GalleryServer(Integer.parseInt(arguments[0])).url("/design/index"));
	}

	static List<String> pages() throws IOException {
		try (Stream<Path> files = Files.list(GALLERY)) {
			return files.map((file) -> file.getFileName().toString().replace(".html", "")).sorted().toList();
		}
	}

	String url(String path) {
		return "http://localhost:" + this.server.getAddress().getPort() + path;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void answer(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		byte[] body = path.startsWith("/design/") ? page(path.substring(8)) : asset(path);
		exchange.getResponseHeaders().add("Content-Security-Policy", POLICY);
		exchange.getResponseHeaders()
			.add("Content-Type", path.startsWith("/design/") ? "text/html; charset=utf-8"
					: TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream"));
		if (path.startsWith(ASSETS)) {
			// As the portal serves them: a page of the same browser reads them once.
			exchange.getResponseHeaders().add("Cache-Control", "max-age=3600, immutable");
		}
		exchange.sendResponseHeaders((body != null) ? 200 : 404, (body != null) ? body.length : -1);
		if (body != null) {
			exchange.getResponseBody().write(body);
		}
		exchange.close();
	}

	private byte @Nullable [] page(String name) throws IOException {
		Path file = GALLERY.resolve(name + ".html");
		String body = Files.exists(file) ? Files.readString(file) : "<!-- title: Empty -->";
		String title = body.substring(body.indexOf("title: ") + 7, body.indexOf(" -->"));
		return this.layout.replace("{{title}}", title)
			.replace("{{imports}}", imports())
			.replace("{{body}}", body)
			.replace("{{assets}}", ASSETS)
			.getBytes(StandardCharsets.UTF_8);
	}

	private static byte @Nullable [] asset(String path) throws IOException {
		Path file = Path.of("src/main/resources/META-INF/resources/assets" + path.replaceFirst("^" + ASSETS, ""));
		return path.startsWith(ASSETS) && Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
	}

	private static String imports() {
		Path folder = Path.of("src/main/resources/META-INF/resources/assets/lib");
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(".js"))
				.map((file) -> folder.relativize(file).toString().replace('\\', '/'))
				.map((name) -> "\"%s\": \"%s/lib/%s\"".formatted(name.equals("lit.js") ? "lit" : name, ASSETS, name))
				.sorted()
				.collect(Collectors.joining(", ",
						"{\"imports\": {\"@pergola/design\": \"" + ASSETS + "/design/define.js\", ", "}}"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] resource(String name) throws IOException {
		try (InputStream in = GalleryServer.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IOException("missing " + name);
			}
			return in.readAllBytes();
		}
	}

}

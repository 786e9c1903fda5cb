package dev.pergola.cli.login;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pergola.cli.registry.CommandException;
import dev.pergola.cli.registry.Exit;

/** The address on this machine to which a browser comes back, once. */
final class LoopbackRedirect implements AutoCloseable {

	private static final String PATH = "/callback";

	private static final String PAGE = """
			<!doctype html><html lang="en"><meta charset="utf-8"><title>Pergola</title>
			<p>You can close this tab and go on at the command line.</p></html>
			""";

	private final CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();

	private final HttpServer server;

	LoopbackRedirect() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		this.server.createContext(PATH, this::take);
		this.server.start();
	}

	URI address() {
		return URI.create("http://127.0.0.1:%d%s".formatted(this.server.getAddress().getPort(), PATH));
	}

	/** Parameters that the browser brought. */
	Map<String, String> await(Duration patience) {
		try {
			return this.answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new CommandException(Exit.FORBIDDEN,
					"nobody signed in within %d minutes".formatted(patience.toMinutes()));
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new CommandException(Exit.FORBIDDEN, "interrupted");
		}
	}

	@Override
	public void close() {
		// The browser still gets its page.
		this.server.stop(1);
	}

	private void take(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
			exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'");
			exchange.sendResponseHeaders(200, page.length);
			exchange.getResponseBody().write(page);
		}
		Map<String, String> parameters = new HashMap<>();
		String query = exchange.getRequestURI().getRawQuery();
		for (String pair : (query != null) ? query.split("&") : new String[0]) {
			String[] parts = pair.split("=", 2);
			parameters.put(decode(parts[0]), (parts.length > 1) ? decode(parts[1]) : "");
		}
		if (parameters.containsKey("code") || parameters.containsKey("error")) {
			this.answer.complete(parameters);
		}
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

}

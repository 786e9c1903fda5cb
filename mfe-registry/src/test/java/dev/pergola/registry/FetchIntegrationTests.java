package dev.pergola.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pergola.registry.bundle.ContentHash;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.OnH2;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Publishes files that the registry fetches itself.
 */
@OnH2
@Tag("registry-2")
@Tag("security-27")
@Tag("security-29")
@TestPropertySource(
		properties = { "pergola.registry.egress.allowed-hosts=localhost", "pergola.registry.egress.timeout=2s" })
class FetchIntegrationTests extends RegistryContract {

	private static final String CONTENT = "export default 'fetched';";

	private static final AtomicInteger CALLS = new AtomicInteger();

	private static HttpServer cdn;

	@BeforeAll
	static void start() throws IOException {
		cdn = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		cdn.createContext("/", (exchange) -> answer(exchange, 200, CONTENT.getBytes(StandardCharsets.UTF_8)));
		cdn.createContext("/moved.js", (exchange) -> {
			exchange.getResponseHeaders().set("Location", "/main.js");
			answer(exchange, 302, new byte[0]);
		});
		cdn.createContext("/large.js", (exchange) -> answer(exchange, 200, new byte[5 * 1024 * 1024]));
		cdn.start();
	}

	@AfterAll
	static void stop() {
		cdn.stop(0);
	}

	@Test
	void storesWhatItFetched() throws IOException {
		String module = name("fetched");
		publish(module, url("/main.js?v=1"), hash(CONTENT)).expectStatus().isCreated();
		service().get("/modules/%1$s/versions/1.0.0/files/%1$s.js".formatted(module))
			.expectBody(String.class)
			.isEqualTo(CONTENT);
	}

	@Test
	void takesNothingThatHasAnotherHash() throws IOException {
		assertThat(messages(publish(name("fetched"), url("/main.js"), hash("other"))))
			.anyMatch((message) -> message.contains("has the hash"));
		assertThat(messages(publish(name("fetched"), url("/main.js"), null)))
			.anyMatch((message) -> message.contains("needs its hash"));
	}

	@Test
	void goesNowhereElse() throws IOException {
		int before = CALLS.get();
		assertThat(messages(publish(name("fetched"), "http://127.0.0.1:" + cdn.getAddress().getPort(), hash(CONTENT))))
			.anyMatch((message) -> message.contains("not on the list of team partners"));
		assertThat(messages(publish(name("fetched"), "http://metadata.internal/", hash(CONTENT))))
			.anyMatch((message) -> message.contains("cannot be reached"));
		assertThat(messages(publish(name("fetched"), "file:///etc/passwd", hash(CONTENT)))).isNotEmpty();
		assertThat(CALLS.get()).isEqualTo(before);
		assertThat(messages(publish(name("fetched"), url("/moved.js"), hash(CONTENT))))
			.anyMatch((message) -> message.contains("answered 302"));
		assertThat(CALLS.get()).isEqualTo(before + 1);
		assertThat(messages(publish(name("fetched"), url("/large.js"), hash(CONTENT))))
			.anyMatch((message) -> message.contains("is larger than"));
	}

	@Test
	void fetchesNothingForAnotherTeam() throws IOException {
		int before = CALLS.get();
		developer("strangers")
			.put("/modules/{module}/versions/1.0.0", body(name("fetched"), url("/main.js"), hash(CONTENT)), "stolen")
			.expectStatus()
			.isForbidden();
		assertThat(CALLS.get()).isEqualTo(before);
	}

	private ResponseSpec publish(String module, String url, String hash) {
		return developer("partners").put("/modules/{module}/versions/1.0.0", body(module, url, hash), module);
	}

	private static String body(String module, String url, String hash) {
		String manifest = Bundles.manifest(module, "1.0.0", "partners");
		String files = (hash != null) ? "\"files\": { \"%s.js\": \"%s\" }, \"entry\"".formatted(module, hash)
				: "\"entry\"";
		return "{ \"manifest\": %s, \"files\": { \"%s.js\": \"%s\" } }"
			.formatted(manifest.replaceFirst("\"entry\"", files), module, url);
	}

	private static String url(String path) {
		return "http://localhost:%d%s".formatted(cdn.getAddress().getPort(), path);
	}

	private static String hash(String content) throws IOException {
		return ContentHash.of(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))).integrity();
	}

	@SuppressWarnings("unchecked")
	private static List<String> messages(ResponseSpec answer) {
		Map<String, Object> problem = answer.expectStatus()
			.isEqualTo(422)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		return ((List<Map<String, String>>) problem.get("findings")).stream()
			.map((finding) -> finding.get("message"))
			.toList();
	}

	private static void answer(HttpExchange exchange, int status, byte[] content) throws IOException {
		CALLS.incrementAndGet();
		exchange.sendResponseHeaders(status, (content.length > 0) ? content.length : -1);
		try (OutputStream body = exchange.getResponseBody()) {
			body.write(content);
		}
	}

}

package dev.pergola.bff.direct;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/** The same calls over each protocol a browser or a proxy in front may speak. */
class ProtocolsIntegrationTests {

	private static final String PASSWORD = "changeit";

	private static DisposableServer upstream;

	private static TestBff plain;

	private static TestBff secure;

	private static SSLContext trust;

	private static volatile CountDownLatch gone = new CountDownLatch(1);

	@BeforeAll
	static void start(@TempDir Path directory) throws Exception {
		upstream = HttpServer.create()
			.host("localhost")
			.port(0)
			.route((routes) -> routes
				.get("/hello",
						(request, response) -> response
							.sendString(Mono.just("hello " + request.requestHeaders().get("x-forwarded-proto"))))
				.get("/events",
						(request, response) -> response.sse()
							.sendString(Flux.interval(Duration.ofMillis(20))
								.map((tick) -> "data: " + tick + "\n\n")
								.doOnCancel(() -> gone.countDown()))))
			.bindNow();
		Path keys = directory.resolve("keys.p12");
		new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
				"-alias", "bff", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-storepass",
				PASSWORD, "-keystore", keys.toString())
			.inheritIO()
			.start()
			.waitFor();
		trust = trust(keys);
		plain = TestBff.start("server.http2.enabled=true");
		secure = TestBff.start("server.http2.enabled=true", "server.ssl.key-store=" + keys,
				"server.ssl.key-store-password=" + PASSWORD, "server.ssl.key-store-type=PKCS12");
		for (TestBff bff : new TestBff[] { plain, secure }) {
			bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port()));
		}
	}

	@AfterAll
	static void stop() {
		// First: the bff takes the event loops with it.
		upstream.disposeNow();
		plain.close();
		secure.close();
	}

	@Test
	void http2WithTlsTakesTheLongWay() throws Exception {
		long before = taken(secure);
		HttpResponse<String> answer = call(secure, "https", HttpClient.Version.HTTP_2);
		assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("hello https");
		assertThat(taken(secure)).isEqualTo(before);
	}

	@Test
	void http1WithTlsGoesDirectly() throws Exception {
		long before = taken(secure);
		HttpResponse<String> answer = call(secure, "https", HttpClient.Version.HTTP_1_1);
		assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
		assertThat(answer.body()).isEqualTo("hello https");
		assertThat(taken(secure)).isEqualTo(before + 1);
	}

	@Test
	void http1WhereHttp2IsOnGoesDirectly() throws Exception {
		long before = taken(plain);
		HttpResponse<String> answer = call(plain, "http", HttpClient.Version.HTTP_1_1);
		assertThat(answer.body()).isEqualTo("hello http");
		assertThat(taken(plain)).isEqualTo(before + 1);
	}

	/** The client asks with {@code Upgrade: h2c} and gets HTTP/2. */
	@Test
	void aClientMayChangeToHttp2() throws Exception {
		HttpResponse<String> answer = call(plain, "http", HttpClient.Version.HTTP_2);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("hello http");
	}

	/** As a proxy in front does it. */
	@Test
	void http2WithoutTlsServesCallsAndStreams() throws Exception {
		gone = new CountDownLatch(1);
		reactor.netty.http.client.HttpClient client = reactor.netty.http.client.HttpClient.create()
			.protocol(HttpProtocol.H2C)
			.headers((headers) -> headers.set("Cookie", plain.session("ada"))
				.set("X-Pergola", "1")
				.set("Sec-Fetch-Site", "same-origin"))
			.baseUrl("http://localhost:" + plain.port());
		assertThat(client.get().uri("/api/deals/hello").responseContent().aggregate().asString().block())
			.isEqualTo("hello http");
		CountDownLatch received = new CountDownLatch(2);
		Disposable stream = client.headers((headers) -> headers.set("Accept", "text/event-stream"))
			.get()
			.uri("/api/deals/events")
			.responseContent()
			.asString()
			.subscribe((part) -> received.countDown());
		assertThat(received.await(10, TimeUnit.SECONDS)).isTrue();
		stream.dispose();
		assertThat(gone.await(10, TimeUnit.SECONDS)).as("the upstream hears that nobody listens").isTrue();
	}

	@Test
	@Tag("bff-17")
	void anUpstreamHearsOfABrowserThatLeavesOverHttp1() throws Exception {
		gone = new CountDownLatch(1);
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		HttpResponse<java.io.InputStream> stream = client.send(
				request(plain, "http", "/events").header("Accept", "text/event-stream").build(),
				HttpResponse.BodyHandlers.ofInputStream());
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
			assertThat(lines.readLine()).startsWith("data: ");
		}
		assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
	}

	private static HttpResponse<String> call(TestBff bff, String scheme, HttpClient.Version version) throws Exception {
		try (HttpClient client = HttpClient.newBuilder().sslContext(trust).version(version).build()) {
			return client.send(request(bff, scheme, "/hello").build(), HttpResponse.BodyHandlers.ofString());
		}
	}

	private static HttpRequest.Builder request(TestBff bff, String scheme, String path) {
		return HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + bff.port() + "/api/deals" + path))
			.header("Cookie", bff.session("ada"))
			.header("X-Pergola", "1")
			.header("Sec-Fetch-Site", "same-origin");
	}

	private static long taken(TestBff bff) {
		return bff.context().getBean(DirectPath.class).taken();
	}

	private static SSLContext trust(Path keys) throws Exception {
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()));
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trusted.getTrustManagers(), null);
		return context;
	}

}

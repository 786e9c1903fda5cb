package dev.pergola.bff.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is guarded on clear connections is guarded on those with TLS, too. */
class TlsIntegrationTests {

	private static final String PASSWORD = "changeit";

	@TempDir
	private static Path folder;

	private static RawUpstream upstream;

	private static TestBff bff;

	private static SSLContext trusting;

	@BeforeAll
	static void start() throws Exception {
		Path keys = folder.resolve("keys.p12");
		int exit = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "bff", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
				"-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("keytool.log").toFile())
			.start()
			.waitFor();
		assertThat(exit).isZero();
		trusting = trusting(keys);
		upstream = new RawUpstream(TlsIntegrationTests::answer);
		bff = TestBff.start("server.http2.enabled=true", "server.ssl.key-store=" + keys,
				"server.ssl.key-store-password=" + PASSWORD);
		bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port()));
	}

	@AfterAll
	static void stop() {
		bff.close();
		upstream.close();
	}

	private static SSLContext trusting(Path keys) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(keys)) {
			store.load(in, PASSWORD.toCharArray());
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("bff", store.getCertificate("bff"));
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, factory.getTrustManagers(), null);
		return context;
	}

	private static boolean answer(String head, OutputStream out) throws IOException {
		out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
		return true;
	}

	@ParameterizedTest
	@EnumSource
	@Tag("security-35")
	void upstreamsHearOfTls(HttpClient.Version version) throws Exception {
		try (HttpClient client = HttpClient.newBuilder().version(version).sslContext(trusting).build()) {
			HttpResponse<String> response = client
				.send(HttpRequest.newBuilder(URI.create("https://localhost:%d/api/deals/x".formatted(bff.port())))
					.header("Cookie", bff.session("ada"))
					.header("X-Pergola", "1")
					.header("X-Forwarded-Proto", "http")
					.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(response.body()).isEqualTo("ok");
			assertThat(response.version()).isEqualTo(version);
		}
		assertThat(upstream.heads().getLast().toLowerCase()).containsPattern("x-forwarded-proto: *https\r\n");
	}

	@Test
	@Tag("security-39")
	void whatCanBeReadInTwoWaysIsRefusedAndTheAnswerArrives() throws IOException {
		try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", bff.port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write(("POST /api/deals/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
						+ "x".repeat(50_000))
					.getBytes(StandardCharsets.US_ASCII));
			String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			assertThat(all).startsWith("HTTP/1.1 400 ").contains("/problems/bad-request");
		}
	}

	@Test
	@Tag("security-40")
	void aStreamThatCannotBeWrittenInHttp11IsReset() throws IOException {
		int before = upstream.heads().size();
		SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", bff.port());
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { "h2" });
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		try (H2Socket client = new H2Socket(socket)) {
			for (List<String> broken : List.of(List.of(":path", "/api/deals/x HTTP/1.1"), List.<String>of())) {
				List<String> headers = new ArrayList<>(
						List.of(":method", "GET", ":scheme", "https", ":authority", "localhost"));
				headers.addAll(broken);
				assertThat(client.end(client.open(true, headers.toArray(String[]::new)))).isEqualTo("reset");
			}
		}
		assertThat(upstream.heads()).hasSize(before);
	}

}

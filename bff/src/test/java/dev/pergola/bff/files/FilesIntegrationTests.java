package dev.pergola.bff.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.CatalogModule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;

class FilesIntegrationTests {

	private static final String TOKEN = TestBff.token("ada");

	private static final String FILES = "/registry/v1/modules/deals/versions/1.0.0/files/";

	private static final WireMockServer registry = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().bindAddress("localhost"));

	private static TestBff bff;

	@BeforeAll
	static void start() {
		registry.start();
		bff = TestBff.start("pergola.registry-client.url=http://localhost:" + registry.port(),
				"pergola.registry-client.service-token=registry-token", "pergola.bff.registry-forward=true",
				"pergola.bff.shell-url=http://localhost:" + registry.port(), "pergola.bff.files.max-file=10KB");
		bff.publish(TestCatalog.module("deals", "http://localhost:1"));
	}

	@AfterAll
	static void stop() {
		bff.close();
		registry.stop();
	}

	@BeforeEach
	void reset() {
		registry.resetAll();
	}

	@Test
	void givesFilesThatBrowsersMayKeepForever() {
		registry.stubFor(get(FILES + "chunks/a.js").withHeader("Authorization", equalTo("Bearer registry-token"))
			.willReturn(ok("export {}")));
		HttpResponse<String> response = bff.get("/modules/deals/1.0.0/chunks/a.js", TOKEN);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("export {}");
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("private, max-age=31536000, immutable");
		assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(response.headers().firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
		String etag = response.headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> again = TestBff
			.send(bff.request("/modules/deals/1.0.0/chunks/a.js", TOKEN).header("If-None-Match", etag).build());
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		registry.verify(1, getRequestedFor(urlEqualTo(FILES + "chunks/a.js")));
	}

	@Test
	void sendsTextCompressedToWhoTakesIt() throws IOException {
		String text = "export const a = 1;\n".repeat(200);
		registry.stubFor(get(FILES + "long.js").willReturn(ok(text)));
		HttpResponse<byte[]> compressed = bytes("long.js", "Accept-Encoding", "br, gzip;q=0.8");
		assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
		assertThat(compressed.headers().firstValue("Vary")).hasValue("Accept-Encoding");
		assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
			.isEqualTo(text.getBytes(StandardCharsets.UTF_8));
		for (String refused : List.of("gzip;q=0", "identity", "br", "*;q=0")) {
			HttpResponse<byte[]> plain = bytes("long.js", "Accept-Encoding", refused);
			assertThat(plain.headers().firstValue("Content-Encoding")).as(refused).isEmpty();
			assertThat(plain.body()).hasSize(text.length());
			assertThat(plain.headers().firstValue("ETag")).isNotEqualTo(compressed.headers().firstValue("ETag"));
		}
		assertThat(bytes("long.js", "Accept-Encoding", "*").headers().firstValue("Content-Encoding")).hasValue("gzip");
		String etag = compressed.headers().firstValue("ETag").orElseThrow();
		assertThat(TestBff
			.send(bff.request("/modules/deals/1.0.0/long.js", TOKEN)
				.header("Accept-Encoding", "gzip")
				.header("If-None-Match", etag)
				.build())
			.statusCode()).isEqualTo(304);
		registry.verify(1, getRequestedFor(urlEqualTo(FILES + "long.js")));
	}

	@Test
	void givesPartsOfFiles() {
		registry.stubFor(get(FILES + "part.txt").willReturn(ok("0123456789".repeat(200))));
		HttpResponse<byte[]> part = bytes("part.txt", "Range", "bytes=5-8");
		assertThat(part.statusCode()).isEqualTo(206);
		assertThat(part.body()).asString().isEqualTo("5678");
		assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 5-8/2000");
		assertThat(bytes("part.txt", "Range", "bytes=-3").body()).asString().isEqualTo("789");
		assertThat(bytes("part.txt", "Range", "bytes=2000-").statusCode()).isEqualTo(416);
		assertThat(bytes("part.txt", "Range", "bytes=0-1,4-5").statusCode()).isEqualTo(200);
		assertThat(bytes("part.txt", "Range", "lines=1").statusCode()).isEqualTo(200);
	}

	@Test
	@Tag("registry-4")
	void refusesWhatIsNotWhatWasPublished() {
		CatalogModule deals = TestCatalog.module("deals", "http://localhost:1");
		Manifest manifest = deals.versions().get("1.0.0").withFiles(Map.of("sealed.js", "sha384-" + "A".repeat(64)));
		bff.publish(new CatalogModule(deals.module(), deals.team(), true, null, deals.upstreamUrl(), deals.rollout(),
				deals.overrides(), deals.channels(), Map.of("1.0.0", manifest)));
		registry.stubFor(get(FILES + "sealed.js").willReturn(ok("changed on the way")));
		HttpResponse<String> response = bff.get("/modules/deals/1.0.0/sealed.js", TOKEN);
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.body()).contains("/problems/file-damaged").doesNotContain("changed");
	}

	private static HttpResponse<byte[]> bytes(String file, String header, String value) {
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(bff.request("/modules/deals/1.0.0/" + file, TOKEN).header(header, value).build(),
					HttpResponse.BodyHandlers.ofByteArray());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void keepsDocumentsFromActingAsThePortal() {
		registry.stubFor(get(FILES + "index.html").willReturn(ok("<p>")));
		HttpResponse<String> response = bff.get("/modules/deals/1.0.0/index.html", TOKEN);
		assertThat(response.headers().firstValue("Content-Security-Policy"))
			.hasValueSatisfying((policy) -> assertThat(policy).startsWith("sandbox "));
	}

	@Test
	void asksAgainForWhatWasNotThere() {
		assertThat(bff.get("/modules/deals/1.0.0/late.js", TOKEN).body()).contains("/problems/unknown-file");
		registry.stubFor(get(FILES + "late.js").willReturn(ok("x")));
		assertThat(bff.get("/modules/deals/1.0.0/late.js", TOKEN).statusCode()).isEqualTo(200);
	}

	@Test
	void answersForModulesAndVersionsThatAreNotThere() {
		for (String path : new String[] { "/modules/nothing/1.0.0/a.js", "/modules/deals/latest/a.js",
				"/modules/deals/1.0.0/" }) {
			assertThat(bff.get(path, TOKEN).statusCode()).as(path).isEqualTo(404);
		}
		registry.verify(0, getRequestedFor(urlMatching(".*")));
		assertThat(bff.get("/modules/deals/1.0.0/a.js", null).statusCode()).isEqualTo(401);
	}

	@Test
	void tellsOfARegistryThatIsAwayAndOfFilesThatAreTooLarge() {
		registry.stubFor(get(FILES + "broken.js").willReturn(aResponse().withStatus(500)));
		registry.stubFor(get(FILES + "large.js").willReturn(ok("x".repeat(20_000))));
		for (String file : new String[] { "broken.js", "large.js" }) {
			HttpResponse<String> response = bff.get("/modules/deals/1.0.0/" + file, TOKEN);
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.body()).contains("/problems/registry-unavailable");
		}
	}

	@Test
	void passesTheTokenOfATeamToTheRegistry() {
		registry.stubFor(get("/registry/v1/modules").withHeader("Authorization", equalTo("Bearer pgt_team"))
			.willReturn(ok("[]")));
		assertThat(bff.get("/registry/v1/modules", "pgt_team").body()).isEqualTo("[]");
		assertThat(bff.get("/registry/v1/modules", null).statusCode()).isEqualTo(401);
	}

	@Test
	void forwardsEverythingElseToTheShell() {
		registry.stubFor(get("/assets/app.js").withHeader("Cookie", absent())
			.willReturn(ok("shell").withHeader("Set-Cookie", "c=d").withHeader("Cache-Control", "public, max-age=5")));
		HttpRequest request = bff.request("/assets/app.js", null).header("Cookie", "a=b").build();
		HttpResponse<String> response = TestBff.send(request);
		assertThat(response.body()).isEqualTo("shell");
		assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("public, max-age=5");
		assertThat(bff.get("/agents/unknown/path/here", TOKEN).body()).doesNotContain("shell");
	}

}

package dev.pergola.bff.files;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
		bff.catalog().put(TestCatalog.module("deals", "http://localhost:1"));
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

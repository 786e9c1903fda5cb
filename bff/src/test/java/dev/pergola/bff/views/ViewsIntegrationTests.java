package dev.pergola.bff.views;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

class ViewsIntegrationTests {

	private static final String TOKEN = TestBff.token("ada");

	private static final WireMockServer upstream = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().bindAddress("localhost"));

	private static final AtomicInteger ids = new AtomicInteger();

	private static TestBff bff;

	private final String id = "p" + ids.incrementAndGet();

	@BeforeAll
	static void start() {
		upstream.start();
		bff = TestBff.start("pergola.bff.views.max-part=2KB", "pergola.bff.views.timeout=8s",
				"pergola.bff.views.part-timeout=6s");
		Map<String, ViewPart> parts = new LinkedHashMap<>();
		parts.put("partnership", new ViewPart(null, "/partnerships/{id}", false, null));
		parts.put("owner", new ViewPart("people", "/people/{partnership.ownerId}", true, Duration.ofMillis(600)));
		parts.put("deals", new ViewPart("deals", "/deals?partnership={id}", true, null));
		parts.put("again", new ViewPart("deals", "/deals?partnership={id}", true, null));
		String url = "http://localhost:" + upstream.port();
		bff.publish(
				TestCatalog.module("partnerships", url, null,
						List.of(new View("/partnerships/{id}/overview", null, parts)), List.of()),
				TestCatalog.module("people", url), TestCatalog.module("deals", url));
	}

	@AfterAll
	static void stop() {
		bff.close();
		upstream.stop();
	}

	@BeforeEach
	void answers() {
		upstream.resetAll();
		upstream.stubFor(get("/partnerships/" + this.id)
			.willReturn(okJson("{ \"id\": \"" + this.id + "\",\n \"ownerId\": \"o 7\" }")));
		upstream.stubFor(get("/people/o%207").willReturn(okJson("{\"name\":\"Ada\"}")));
		upstream.stubFor(get("/deals?partnership=" + this.id).willReturn(okJson("[1,2]")));
	}

	@Test
	void joinsTheAnswersOfSeveralModules() {
		HttpResponse<String> response = view();
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(response.headers().firstValue("Pergola-Complete")).hasValue("true");
		// Copied byte for byte, blanks and all.
		assertThat(response.body()).isEqualTo("{\"partnership\":{ \"id\": \"" + this.id
				+ "\",\n \"ownerId\": \"o 7\" },\"owner\":{\"name\":\"Ada\"},\"deals\":[1,2],\"again\":[1,2],\"_parts\":{}}");
		upstream.verify(
				getRequestedFor(urlEqualTo("/people/o%207")).withHeader("Authorization", equalTo("Bearer " + TOKEN)));
	}

	@Test
	void fetchesTheSameOnlyOnce() {
		view();
		upstream.verify(1, getRequestedFor(urlEqualTo("/deals?partnership=" + this.id)));
	}

	@Test
	void answersWithoutAnOptionalPartThatIsSlow() {
		upstream.stubFor(get("/people/o%207").willReturn(okJson("{}").withFixedDelay(4000)));
		HttpResponse<String> response = view();
		assertThat(response.body()).contains("\"owner\":null", "\"owner\":{\"status\":\"timeout\",\"ms\":", "[1,2]");
		assertThat(response.headers().firstValue("Pergola-Complete")).hasValue("false");
	}

	@Test
	void saysWhyAPartIsMissing() {
		upstream.stubFor(get("/people/o%207").willReturn(aResponse().withStatus(500)));
		upstream.stubFor(
				get("/deals?partnership=" + this.id).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
		assertThat(view().body()).contains("\"owner\":{\"status\":\"failed\",\"upstreamStatus\":500,",
				"\"deals\":{\"status\":\"failed\",");
	}

	@Test
	@Tag("security-42")
	void takesNoPartThatIsTooLargeOrNoJson() {
		upstream.stubFor(get("/people/o%207").willReturn(okJson("\"" + "x".repeat(3000) + "\"")));
		upstream.stubFor(get("/deals?partnership=" + this.id)
			.willReturn(aResponse().withHeader("Content-Type", "text/html").withBody("<b>oops</b>")));
		assertThat(view().body()).contains("\"owner\":{\"status\":\"too-large\"", "\"deals\":{\"status\":\"invalid\"")
			.doesNotContain("<b>");
	}

	@Test
	void leavesOutAPartThatNeedsWhatIsNotThere() {
		upstream.stubFor(get("/partnerships/" + this.id).willReturn(okJson("{\"ownerId\":null}")));
		assertThat(view().body()).contains("\"owner\":null", "\"owner\":{\"status\":\"skipped\"");
	}

	@Test
	void letsNoValueLeaveItsPlaceInThePath() {
		upstream.stubFor(get("/partnerships/" + this.id).willReturn(okJson("{\"ownerId\":\"../admin\"}")));
		assertThat(view().body()).contains("\"owner\":{\"status\":\"skipped\"");
	}

	@Test
	void namesARequiredPartThatIsMissing() {
		upstream.stubFor(get("/partnerships/" + this.id).willReturn(aResponse().withStatus(500)));
		HttpResponse<String> response = view();
		assertThat(response.statusCode()).isEqualTo(502);
		assertThat(response.body()).contains("/problems/view-part-failed", "\"part\":\"partnership\"", "traceId")
			.doesNotContain("localhost");
	}

	@Test
	void passesOnThatTheThingItselfIsNotThere() {
		upstream.stubFor(get("/partnerships/" + this.id).willReturn(aResponse().withStatus(404)));
		assertThat(view().statusCode()).isEqualTo(404);
	}

	@Test
	void deliversPartsAsTheyComeToAClientThatStreams() {
		HttpResponse<String> response = TestBff
			.send(bff.request(path(), TOKEN).header("Accept", "text/event-stream").build());
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
		assertThat(response.body()).startsWith(": pergola\n\n")
			.contains(
					"data: {\"part\":\"partnership\",\"value\":{ \"id\": \"" + this.id
							+ "\",  \"ownerId\": \"o 7\" }}\n\n",
					"data: {\"part\":\"owner\",\"value\":{\"name\":\"Ada\"}}\n\n")
			.endsWith("data: {\"complete\":true}\n\n");
	}

	@Test
	void answersForViewsThatAreNotThere() {
		assertThat(bff.get("/views/partnerships/nothing", TOKEN).body()).contains("/problems/unknown-view");
		assertThat(bff.get("/views/nothing/x", TOKEN).body()).contains("/problems/unknown-module");
		assertThat(bff.get(path(), null).statusCode()).isEqualTo(401);
	}

	private HttpResponse<String> view() {
		return bff.get(path(), TOKEN);
	}

	private String path() {
		return "/views/partnerships/partnerships/" + this.id + "/overview";
	}

}

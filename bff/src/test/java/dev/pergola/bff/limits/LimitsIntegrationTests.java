package dev.pergola.bff.limits;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The same buckets, whatever way a call goes. */
class LimitsIntegrationTests {

	private static RawUpstream upstream;

	private static TestBff bff;

	@BeforeAll
	static void start() throws IOException {
		upstream = new RawUpstream((head, out) -> {
			out.write(
					"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nRateLimit: \"own\";r=1\r\n\r\n{}"
						.getBytes(StandardCharsets.US_ASCII));
			return true;
		});
		bff = TestBff.start("pergola.bff.limits.person=100/h", "pergola.bff.limits.modules.deals.person=6/h",
				"pergola.bff.limits.clients.nightly=3/h", "pergola.bff.resilience.limit.initial=30");
		View view = new View("/all", null, Map.of("deals", new ViewPart(null, "/deals", false, null)));
		bff.publish(TestCatalog.module("deals", "http://localhost:" + upstream.port(), null, List.of(view), List.of()),
				TestCatalog.module("people", "http://localhost:" + upstream.port()));
	}

	@AfterAll
	static void stop() {
		bff.close();
		upstream.close();
	}

	private static HttpResponse<String> direct(String cookie, String path) {
		return TestBff.send(bff.request(path, null).header("Cookie", cookie).header("X-Pergola", "1").build());
	}

	private static HttpResponse<String> longWay(String cookie, String path) {
		return TestBff.send(bff.request(path, null)
			.header("Cookie", cookie)
			.header("X-Pergola", "1")
			.header("Sec-Fetch-Site", "same-origin")
			.POST(HttpRequest.BodyPublishers.ofString("{}"))
			.build());
	}

	private static double taken() {
		return bff.context().getBean(MeterRegistry.class).get("pergola.bff.direct").functionCounter().count();
	}

	private static int callsOf(Supplier<HttpResponse<String>> call) {
		int calls = 0;
		while (call.get().statusCode() == 200) {
			calls++;
		}
		return calls;
	}

	@Test
	void bothWaysAndViewsTakeTheSameBucketAndNoConnectionIsLeasedForWhatIsRefused() {
		String cookie = bff.session("ada");
		double before = taken();
		assertThat(direct(cookie, "/api/deals/1").statusCode()).isEqualTo(200);
		assertThat(direct(cookie, "/api/deals/2").statusCode()).isEqualTo(200);
		assertThat(taken()).as("went directly").isEqualTo(before + 2);
		assertThat(longWay(cookie, "/api/deals/3").statusCode()).isEqualTo(200);
		assertThat(bff.get("/api/deals/4", TestBff.token("ada")).statusCode()).isEqualTo(200);
		assertThat(direct(cookie, "/views/deals/all").statusCode()).isEqualTo(200);
		assertThat(direct(cookie, "/api/deals/5").statusCode()).isEqualTo(200);
		int calls = upstream.heads().size();
		assertThat(direct(cookie, "/api/deals/6").statusCode()).isEqualTo(429);
		assertThat(longWay(cookie, "/api/deals/7").statusCode()).isEqualTo(429);
		assertThat(direct(cookie, "/views/deals/all").statusCode()).isEqualTo(429);
		assertThat(upstream.heads()).hasSize(calls);
		assertThat(direct(cookie, "/api/people/1").statusCode()).isEqualTo(200);
		assertThat(direct(bff.session("bob"), "/api/deals/1").statusCode()).isEqualTo(200);
	}

	@Test
	void aRefusalIsAProblemThatSaysWhenToComeBackOnBothWays() {
		String cookie = bff.session("cleo");
		callsOf(() -> direct(cookie, "/api/deals/1"));
		for (HttpResponse<String> answer : List.of(direct(cookie, "/api/deals/1"), longWay(cookie, "/api/deals/1"))) {
			assertThat(answer.statusCode()).isEqualTo(429);
			assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
			assertThat(answer.headers().firstValue("Retry-After").map(Integer::valueOf).orElse(0)).isBetween(500, 600);
			assertThat(answer.headers().firstValue("RateLimit-Policy"))
				.contains("\"person\";q=100;w=3600, \"person-module\";q=6;w=3600");
			assertThat(answer.headers().firstValue("RateLimit").orElse("")).contains("\"person-module\";r=0;t=3");
			assertThat(answer.body()).contains("\"type\":\"/problems/too-many-calls\"", "\"limit\":\"person-module\"",
					"\"traceId\"");
		}
		assertThat(bff.context()
			.getBean(MeterRegistry.class)
			.get("pergola.bff.limits.refused")
			.tag("limit", "person-module")
			.functionCounter()
			.count()).isGreaterThanOrEqualTo(3);
	}

	@Test
	@Tag("security-37")
	void anEscapeInAPathIsNoWayAroundALimit() {
		String token = TestBff.token("lea");
		assertThat(bff.get("/views/deals/all", token).statusCode()).isEqualTo(200);
		assertThat(bff.get("/%76iews/deals/all", token).statusCode()).as("refused").isEqualTo(400);
		assertThat(bff.get("/views/d%65als/all", token).statusCode()).as("counted").isEqualTo(200);
		HttpResponse<String> next = bff.get("/api/deals/1", token);
		assertThat(next.headers().firstValue("RateLimit").orElse("")).contains("\"person-module\";r=3;");
	}

	@Test
	void agentsAreCounted() {
		String token = TestBff.token("dora");
		for (int i = 0; i < 100; i++) {
			assertThat(bff.get("/agents", token).statusCode()).isEqualTo(200);
		}
		assertThat(bff.get("/agents", token).statusCode()).isEqualTo(429);
		assertThat(bff.get("/api/people/1", token).statusCode()).isEqualTo(429);
		assertThat(direct(bff.session("dora"), "/api/people/1").statusCode()).isEqualTo(429);
	}

	private static String token(String subject, String claim, String client) {
		return TestBff.token(subject, Instant.now().plusSeconds(600), Map.of(claim, client));
	}

	@Test
	void aProgramIsLimitedWhoeverItCallsForAndIsToldWhatIsLeft() {
		HttpResponse<String> first = bff.get("/api/people/1", token("fay", "azp", "nightly"));
		assertThat(first.statusCode()).isEqualTo(200);
		assertThat(first.headers().allValues("RateLimit")).as("not what the service said")
			.singleElement()
			.asString()
			.contains("\"person\";r=99;", "\"client\";r=2;");
		assertThat(first.headers().firstValue("RateLimit-Policy").orElse("")).endsWith("\"client\";q=3;w=3600");
		HttpResponse<String> view = bff.get("/views/deals/all", token("gus", "client_id", "nightly"));
		assertThat(view.statusCode()).isEqualTo(200);
		assertThat(view.headers().firstValue("RateLimit").orElse("")).contains("\"client\";r=1;");
		assertThat(bff.get("/agents", token("hal", "azp", "nightly")).statusCode()).isEqualTo(200);
		HttpResponse<String> refused = bff.get("/api/people/1", token("hal", "azp", "nightly"));
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.body()).contains("\"limit\":\"client\"");
		assertThat(bff.get("/api/people/1", token("hal", "azp", "other")).statusCode()).isEqualTo(200);
		assertThat(direct(bff.session("hal"), "/api/people/1").headers().firstValue("RateLimit-Policy")).isEmpty();
	}

	@Test
	void aProgramNeedsNoCookieAndNoHeaderOfOurs() {
		HttpResponse<String> written = TestBff.send(bff.request("/api/people/1", token("ivy", "azp", "crm"))
			.header("Content-Type", "application/json")
			.PUT(HttpRequest.BodyPublishers.ofString("{}"))
			.build());
		assertThat(written.statusCode()).isEqualTo(200);
		assertThat(written.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(upstream.heads().getLast().toLowerCase()).contains("authorization: bearer ey");
	}

	@Test
	@Tag("security-32")
	void aTokenBesideASessionSpeaksForTheCallAndABadOneIsNotMadeUpForByTheSession() {
		String cookie = bff.session("jon");
		String token = token("kim", "azp", "crm");
		HttpResponse<String> both = TestBff.send(bff.request("/api/people/1", token).header("Cookie", cookie).build());
		assertThat(both.statusCode()).isEqualTo(200);
		assertThat(upstream.heads().getLast()).contains(token);
		assertThat(TestBff
			.send(bff.request("/api/people/1", token + "x").header("Cookie", cookie).header("X-Pergola", "1").build())
			.statusCode()).isEqualTo(401);
	}

	@Test
	void whoIsNotSignedInTakesNobodysCalls() {
		assertThat(bff.get("/api/deals/1", null).statusCode()).isEqualTo(401);
		assertThat(bff.get("/views/deals/all", null).statusCode()).isEqualTo(401);
		assertThat(bff.get("/agents", null).statusCode()).isEqualTo(401);
	}

}

package dev.pergola.bff.resilience;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.pergola.bff.TestBff;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What administrators are told of services that do and that do not. */
@Tag("bff-18")
class UpstreamsIntegrationTests extends UpstreamInTrouble {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String GRACE = TestBff.token("grace", Instant.now().plusSeconds(600),
			Map.of("roles", List.of("admin")));

	@Test
	void tellsOfAServiceThatFailedUntilItIsLeftAloneAndThenRecovered() throws Exception {
		AtomicBoolean broken = new AtomicBoolean(true);
		Module module = module((head, out) -> !broken.get() && keep(out, OK));
		Way.LONG.get(module.path("/x"));
		JsonNode one = of(module);
		assertThat(one.path("circuit").asString()).isEqualTo("closed");
		assertThat(one.has("openSince")).isFalse();
		assertThat(one.path("team").asString()).isEqualTo(module.name());
		assertThat(one.path("host").asString()).isEqualTo("localhost:" + module.upstream().port());
		assertThat(one.at("/lastMinute/failures/broken").asInt()).isEqualTo(2);
		assertThat(one.at("/lastMinute/retries").asInt()).isOne();
		assertThat(one.at("/lastMinute/refused").isEmpty()).isTrue();
		assertThat(one.path("limit").asInt()).isPositive();
		assertThat(one.path("contracts").asString()).isEqualTo("off");
		await(() -> Way.LONG.get(module.path("/x")).body().contains("circuit-open"));
		JsonNode open = of(module);
		assertThat(open.path("circuit").asString()).isEqualTo("open");
		assertThat(Instant.parse(open.path("openUntil").asString()))
			.isAfter(Instant.parse(open.path("openSince").asString()));
		assertThat(open.at("/lastMinute/refused/circuit-open").asInt()).isPositive();
		assertThat(open.path("lastFailure").asString()).isEqualTo("broken");
		assertThat(open.path("inFlight").asInt()).isZero();
		broken.set(false);
		await(() -> Way.LONG.get(module.path("/x")).statusCode() == 200);
		JsonNode well = of(module);
		assertThat(well.path("circuit").asString()).isEqualTo("closed");
		assertThat(well.has("openUntil")).isFalse();
	}

	@Test
	void tellsOfCallsInFlightAndOfThoseThatFoundNoPlace() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		Module module = module((head, out) -> {
			hold(release);
			return keep(out, OK);
		});
		for (int i = 0; i < 6; i++) {
			executor.execute(() -> Way.LONG.get(module.path("/x")));
		}
		await(() -> module.guard().inFlight() == 6);
		assertThat(Way.LONG.get(module.path("/x")).body()).contains("upstream-busy");
		JsonNode all = JSON.readTree(bff.get("/upstreams", GRACE).body());
		assertThat(all.path("inFlight").asInt()).isEqualTo(6);
		assertThat(all.path("maxCalls").asInt()).isEqualTo(12);
		assertThat(all.path("maxCallsPerModule").asInt()).isEqualTo(6);
		JsonNode full = of(module);
		assertThat(full.path("inFlight").asInt()).isEqualTo(6);
		assertThat(full.at("/lastMinute/refused/module-limit").asInt()).isOne();
		release.countDown();
		await(() -> of(module).path("inFlight").asInt() == 0);
	}

	@Test
	void namesTheProcessThatTells() {
		assertThat(JSON.readTree(bff.get("/upstreams", GRACE).body()).path("node").asString()).isEqualTo("bff-a");
	}

	@Test
	void tellsAdministratorsAlone() throws Exception {
		Module module = module((head, out) -> keep(out, OK));
		HttpResponse<String> nobody = bff.get("/upstreams", null);
		assertThat(nobody.statusCode()).isEqualTo(401);
		assertThat(nobody.body()).contains("/problems/sign-in-required");
		HttpResponse<String> ada = bff.get("/upstreams", TestBff.token("ada"));
		assertThat(ada.statusCode()).isEqualTo(403);
		assertThat(ada.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(ada.body()).contains("/problems/forbidden", "traceId").doesNotContain(module.name());
		assertThat(TestBff.send(bff.request("/upstreams", null).header("Cookie", cookie).build()).statusCode())
			.isEqualTo(403);
		assertThat(bff.get("/upstreams/other", GRACE).statusCode()).isEqualTo(404);
	}

	private static JsonNode of(Module module) {
		return JSON.readTree(bff.get("/upstreams", GRACE).body())
			.path("modules")
			.valueStream()
			.filter((each) -> each.path("module").asString().equals(module.name()))
			.findFirst()
			.orElseThrow();
	}

}

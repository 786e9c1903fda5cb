package dev.pergola.bff.views;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.bff.RawUpstream;
import dev.pergola.bff.TestBff;
import dev.pergola.bff.TestCatalog;
import dev.pergola.manifests.View;
import dev.pergola.manifests.ViewPart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A view is no way around the limits of the services it asks. */
class ViewLimitsIntegrationTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static RawUpstream upstream;

	private static TestBff bff;

	@BeforeAll
	static void start() throws IOException {
		upstream = new RawUpstream((head, out) -> {
			out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
				.getBytes(StandardCharsets.US_ASCII));
			return true;
		});
		bff = TestBff.start("pergola.bff.limits.modules.people.person=3/h", "pergola.bff.limits.modules.deals.all=4/h",
				"pergola.bff.limits.modules.partnerships.person=5/h");
		Map<String, ViewPart> optional = new LinkedHashMap<>();
		optional.put("own", new ViewPart(null, "/own", false, null));
		optional.put("more", new ViewPart(null, "/more", false, null));
		optional.put("owner", new ViewPart("people", "/owner", true, null));
		Map<String, ViewPart> shared = Map.of("deals", new ViewPart("deals", "/deals", true, null));
		Map<String, ViewPart> needed = Map.of("owner", new ViewPart("people", "/owner", false, null));
		String url = "http://localhost:" + upstream.port();
		bff.publish(
				TestCatalog.module("partnerships", url, null,
						List.of(new View("/optional", null, optional), new View("/shared", null, shared),
								new View("/needed", null, needed)),
						List.of()),
				TestCatalog.module("people", url), TestCatalog.module("deals", url));
	}

	@AfterAll
	static void stop() {
		bff.close();
		upstream.close();
	}

	private static JsonNode view(String path, String token) {
		HttpResponse<String> response = bff.get("/views/partnerships" + path, token);
		assertThat(response.statusCode()).isEqualTo(200);
		return JSON.readTree(response.body());
	}

	@Test
	void aPartIsACallOfItsModuleAndOneTooManyIsLeftOutWithoutBeingMade() {
		String ada = TestBff.token("ada");
		assertThat(bff.get("/api/people/1", ada).statusCode()).isEqualTo(200);
		assertThat(view("/optional", ada).at("/owner").isObject()).isTrue();
		assertThat(view("/optional", ada).at("/owner").isObject()).isTrue();
		int calls = upstream.heads().size();
		JsonNode third = view("/optional", ada);
		assertThat(upstream.heads()).as("the module's own parts only").hasSize(calls + 2);
		assertThat(third.at("/own").isObject()).isTrue();
		assertThat(third.at("/owner").isNull()).isTrue();
		assertThat(third.at("/_parts/owner/status").asString()).isEqualTo("limited");
		assertThat(third.at("/_parts/owner/retryAfter").asInt()).isBetween(1000, 1200);
		assertThat(bff.get("/api/people/1", ada).statusCode()).as("the same bucket").isEqualTo(429);
		assertThat(view("/optional", TestBff.token("bob")).at("/owner").isObject()).as("another person's").isTrue();
	}

	@Test
	void everybodysCallsOfTheModuleCountToo() {
		for (String person : List.of("cleo", "dora", "emil", "finn")) {
			assertThat(view("/shared", TestBff.token(person)).at("/deals").isObject()).isTrue();
		}
		assertThat(view("/shared", TestBff.token("gina")).at("/_parts/deals/status").asString()).isEqualTo("limited");
	}

	@Test
	void theViewsOwnModuleIsCountedOnceForAllItsParts() {
		String hana = TestBff.token("hana");
		for (int i = 0; i < 5; i++) {
			assertThat(view("/optional", hana).at("/more").isObject()).isTrue();
		}
		assertThat(bff.get("/views/partnerships/optional", hana).body()).contains("/problems/too-many-calls");
	}

	@Test
	void aPartThatIsNeededMakesItAProblemThatSaysWhenToComeBack() {
		String ines = TestBff.token("ines");
		for (int i = 0; i < 3; i++) {
			assertThat(view("/needed", ines).at("/owner").isObject()).isTrue();
		}
		HttpResponse<String> refused = bff.get("/views/partnerships/needed", ines);
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.headers().firstValue("Retry-After").map(Integer::valueOf).orElse(0)).isBetween(1000, 1200);
		assertThat(refused.body()).contains("/problems/view-part-failed", "\"part\":\"owner\"",
				"\"partStatus\":\"limited\"");
	}

}

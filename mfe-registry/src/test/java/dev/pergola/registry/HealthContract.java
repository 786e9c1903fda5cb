package dev.pergola.registry;

import java.time.Duration;
import java.util.List;

import dev.pergola.registry.health.HealthCounters;
import dev.pergola.registry.health.HealthProperties;
import dev.pergola.registry.health.HealthStore;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import dev.pergola.registry.testing.SettableClock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the reports of browsers, on every database.
 */
@Tag("registry-12")
@Import(HealthContract.Settings.class)
public abstract class HealthContract extends RegistryContract {

	@Autowired
	private SettableClock clock;

	@Autowired
	private HealthStore store;

	@Autowired
	private HealthProperties properties;

	@Test
	void addsUpWhatBrowsersMeasured() {
		String module = published("1.0.0", "1.1.0");
		report("ada", item(module, "1.0.0", "\"loads\": 4, \"failures\": 1, \"mountMillis\": [90, 100, 110]"))
			.expectStatus()
			.isAccepted()
			.expectBody()
			.isEmpty();
		report("ben", item(module, "1.0.0", "\"loads\": 4, \"errors\": 1, \"lcpMillis\": [800], \"cls\": [0.1]"));
		report("ben", item(module, "1.1.0", "\"loads\": 2, \"inpMillis\": [16]"));
		health(module).jsonPath("$.versions[*].version")
			.isEqualTo(List.of("1.1.0", "1.0.0"))
			.jsonPath("$.versions[0].errorRate")
			.isEqualTo(0.0)
			.jsonPath("$.versions[0].mountP75Millis")
			.isEmpty()
			.jsonPath("$.versions[1].loads")
			.isEqualTo(8)
			.jsonPath("$.versions[1].failures")
			.isEqualTo(1)
			.jsonPath("$.versions[1].errors")
			.isEqualTo(1)
			.jsonPath("$.versions[1].errorRate")
			.isEqualTo(25.0)
			.jsonPath("$.versions[1].mountP75Millis")
			.value(Integer.class, (millis) -> assertThat(millis).isBetween(110, 120))
			.jsonPath("$.versions[1].lcpP75Millis")
			.value(Integer.class, (millis) -> assertThat(millis).isBetween(800, 880))
			.jsonPath("$.versions[1].clsP75")
			.value(Double.class, (shift) -> assertThat(shift).isBetween(0.1, 0.11));
	}

	@Test
	void severalNodesAddUp() {
		String module = published("1.0.0");
		HealthCounters other = new HealthCounters(this.store, this.properties, this.clock);
		report("ada", item(module, "1.0.0", "\"loads\": 3"));
		health(module).jsonPath("$.versions[0].loads").isEqualTo(3);
		report("ben", item(module, "1.0.0", "\"loads\": 5"));
		other.flush();
		health(module).jsonPath("$.versions[0].loads").isEqualTo(8);
	}

	@Test
	void looksAtTheTimeAskedFor() {
		String module = published("1.0.0");
		report("ada", item(module, "1.0.0", "\"loads\": 3"));
		String first = this.clock.instant().toString();
		this.clock.advance(Duration.ofMinutes(5));
		report("ada", item(module, "1.0.0", "\"loads\": 2"));
		String second = this.clock.instant().toString();
		health(module).jsonPath("$.versions[0].loads").isEqualTo(5);
		health(module, "?from=" + second).jsonPath("$.versions[0].loads").isEqualTo(2);
		health(module, "?from=" + first + "&to=" + second).jsonPath("$.versions[0].loads").isEqualTo(3);
		administrator().get("/modules/{module}/health?from=yesterday", module).expectStatus().isEqualTo(422);
	}

	@Test
	@Tag("registry-20")
	void keepsTheLastErrorsOfAVersion() {
		String module = published("1.0.0");
		for (int each = 0; each < 25; each++) {
			this.clock.advance(Duration.ofSeconds(1));
			report("ada" + each, problem(module, "error " + each, false));
		}
		report("ada", problem(module, "error 24", false));
		report("ben", problem(module, "error 24", true));
		health(module).jsonPath("$.versions[0].lastErrors.length()")
			.isEqualTo(20)
			.jsonPath("$.versions[0].lastErrors[0].message")
			.isEqualTo("error 24")
			.jsonPath("$.versions[0].lastErrors[0].seen")
			.isEqualTo(2)
			.jsonPath("$.versions[0].lastErrors[0].byPeople")
			.isEqualTo(1)
			.jsonPath("$.versions[0].lastErrors[0].lastId")
			.isEqualTo("abcd1234")
			.jsonPath("$.versions[0].lastErrors[0].browser")
			.isEqualTo("firefox")
			.jsonPath("$.versions[0].lastErrors[0].stack")
			.isEqualTo("at /modules/a/1.0.0/a.js:1:2")
			.jsonPath("$.versions[0].lastErrors[19].message")
			.isEqualTo("error 5");
	}

	@Test
	void dropsWhatCannotBeTrueAndTakesTheRest() {
		String module = published("1.0.0");
		report("ada", item(module, "9.9.9", "\"loads\": 1") + "," + item("nobody", "1.0.0", "\"loads\": 1") + ","
				+ item(module, "1.0.0", "\"loads\": 1, \"failures\": 2") + "," + item(module, "1.0.0", "\"loads\": -1")
				+ "," + item(module, "1.0.0", "\"mountMillis\": [1e12]") + ", null, {},"
				+ item(module, "1.0.0", "\"loads\": 2"))
			.expectStatus()
			.isAccepted();
		health(module).jsonPath("$.versions.length()").isEqualTo(1).jsonPath("$.versions[0].loads").isEqualTo(2);
	}

	@Test
	void onePersonCountsOnlySoMuch() {
		String module = published("1.0.0");
		for (int each = 0; each < 4; each++) {
			report("eve", item(module, "1.0.0", "\"loads\": 4, \"failures\": 4"));
		}
		health(module).jsonPath("$.versions[0].loads").isEqualTo(8);
		this.clock.advance(Duration.ofMinutes(1));
		report("eve", item(module, "1.0.0", "\"loads\": 4"));
		health(module).jsonPath("$.versions[0].loads").isEqualTo(12);
	}

	@Test
	void onePersonReportsOnlySoOften() {
		String module = published("1.0.0");
		this.clock.advance(Duration.ofMinutes(1));
		for (int each = 0; each < 30; each++) {
			report("mallory", item(module, "1.0.0", "\"loads\": 0")).expectStatus().isAccepted();
		}
		report("mallory", item(module, "1.0.0", "\"loads\": 0")).expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.valueEquals("Retry-After", "60")
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/too-many-reports");
		report("ada", item(module, "1.0.0", "\"loads\": 0")).expectStatus().isAccepted();
	}

	@Test
	void aReportIsBounded() {
		String module = published("1.0.0");
		report("ada", problem(module, "x".repeat(70_000), false)).expectStatus()
			.isEqualTo(413)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/body-too-large");
		report("ada", "{").expectStatus().isBadRequest();
		report("ada", item(module, "1.0.0", "\"subject\": \"ada\"")).expectStatus().isBadRequest();
	}

	@Test
	void onlyPeopleReport() {
		String body = "{\"items\": []}";
		for (RegistryClient caller : List.of(service(), administrator().teamToken(this.port, "partners"))) {
			caller.http()
				.post()
				.uri("/reports")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body)
				.exchange()
				.expectStatus()
				.isForbidden();
		}
		RegistryClient.bearer(this.port, "nothing")
			.http()
			.post()
			.uri("/reports")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@Test
	void isNoWriteOfTheCatalog() {
		String module = published("1.0.0");
		long before = service().revision();
		report("ada", item(module, "1.0.0", "\"loads\": 1"));
		health(module).jsonPath("$.versions[0].loads").isEqualTo(1);
		assertThat(service().revision()).isEqualTo(before);
		assertThat(administrator().get("/audit?module={module}", module)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody()).contains("version.publish").doesNotContain("report");
	}

	@Test
	void forgetsWhatIsOld() {
		String module = published("1.0.0");
		report("ada", item(module, "1.0.0", "\"loads\": 1"));
		report("ada", problem(module, "once", false));
		this.clock.advance(Duration.ofDays(15));
		report("ada", item(module, "1.0.0", "\"loads\": 2"));
		String all = "?from=2026-01-01T00:00:00Z";
		health(module, all).jsonPath("$.versions[0].loads")
			.isEqualTo(2)
			.jsonPath("$.versions[0].lastErrors.length()")
			.isEqualTo(0);
	}

	private String published(String... versions) {
		String module = name("measured");
		for (String version : versions) {
			administrator().publish(module, version, Bundles.of(module, version, "partners"))
				.expectStatus()
				.isCreated();
		}
		return module;
	}

	private ResponseSpec report(String person, String items) {
		return RegistryClient.bearer(this.port, RegistryClient.ISSUER.token(person, List.of("business"), List.of()))
			.http()
			.post()
			.uri("/reports")
			.header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"items\": [" + items + "]}")
			.exchange();
	}

	private BodyContentSpec health(String module) {
		return health(module, "");
	}

	private BodyContentSpec health(String module, String query) {
		return developer("others").get("/modules/{module}/health" + query, module).expectStatus().isOk().expectBody();
	}

	private static String item(String module, String version, String members) {
		return "{\"module\": \"%s\", \"version\": \"%s\", %s}".formatted(module, version, members);
	}

	private static String problem(String module, String message, boolean byPerson) {
		return item(module, "1.0.0", """
				"problems": [ { "id": "abcd1234", "reason": "threw", "message": "%s", "page": "list", "byPerson": %s,
				  "stack": "at /modules/a/1.0.0/a.js?person=ada:1:2" } ]""".formatted(message, byPerson));
	}

	/** Time stands still unless a test moves it. */
	@TestConfiguration(proxyBeanMethods = false)
	static class Settings {

		@Bean
		SettableClock settableClock() {
			return new SettableClock();
		}

	}

}

package dev.pergola.shell.services;

import java.time.Duration;
import java.time.Instant;

import dev.pergola.shell.Catalogs;
import dev.pergola.shell.FakeRegistry;
import dev.pergola.shell.InMemoryCatalogSource;
import dev.pergola.shell.People;
import dev.pergola.shell.ShellTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ShellTest
class ServicesPageTests {

	private static final String BFF = "GET /upstreams";

	private static final String WELL = service("deals", "sales", "closed", "{}", "{}");

	private static final String FAILING = service("people", "hr", "closed", "{\"timeout\":1234}", "{}");

	private static final String REFUSING = service("offers", "sales", "closed", "{}", "{\"module-limit\":7}");

	private static final String TRIAL = service("search", "search", "half-open", "{}", "{}").replace("\"team\"",
			"\"openSince\": \"2026-11-29T12:00:00Z\", \"lastFailure\": \"stalled\", \"team\"");

	private final FakeRegistry bff;

	private final WebTestClient anyone;

	private final WebTestClient admin;

	ServicesPageTests(@Autowired ApplicationContext context, @Autowired InMemoryCatalogSource catalog,
			@Autowired FakeRegistry bff) {
		this.bff = bff;
		catalog.set(Catalogs.usual());
		this.anyone = WebTestClient.bindToApplicationContext(context)
			.apply(SecurityMockServerConfigurers.springSecurity())
			.configureClient()
			// The first pages of a process take their time where much else runs.
			.responseTimeout(Duration.ofSeconds(30))
			.defaultHeader("Accept", "text/html")
			.build();
		this.admin = this.anyone.mutateWith(People.admin());
	}

	@BeforeEach
	void usual() {
		this.bff.reset();
		tell(WELL, FAILING, REFUSING, TRIAL, open(Instant.now().plusSeconds(3600)));
	}

	@Test
	void showsThoseThatNeedSomebodyFirstWithWordsForIt() {
		assertThat(get("/admin/services", 200)).containsSubsequence("As the bff on bff-a sees them",
				"href=\"/admin/modules/zoo\"", "danger\">Not called", "since 2026-11-29 12:00:00, tried again at",
				"failed: 24 × no answer in time", "refused: 310 × not called", "href=\"/admin/modules/search\"",
				"warning\">On trial", "since 2026-11-29 12:00:00<", "last failure: fell silent",
				"href=\"/admin/modules/offers\"", "warning\">Refuses calls", "7 × too many of the module",
				"href=\"/admin/modules/people\"", "warning\">Fails calls", "1,234 × no answer in time",
				"href=\"/admin/modules/deals\"", "pergola-quiet\">In order");
		assertThat(this.bff.tokens()).containsOnly("Bearer token-of-the-person");
	}

	@Test
	void showsWhereServicesAreAndHowMuchTheyHaveToDo() {
		assertThat(get("/admin/services", 200)).contains("deals.<wbr>internal:8080<wbr>", "contract enforced",
				"5 of 20", "2 of this module", "with 31 of 2,000 calls in flight", "made again: 3", "data-pergola-live",
				"1 not called, 3 in trouble, 1 in order", "aria-current=\"page\">Services</a>");
	}

	@Test
	void saysThatTheNextCallTriesAServiceNobodyHasCalledSince() {
		tell(open(Instant.now().minusSeconds(3600)));
		assertThat(get("/admin/services", 200)).contains("tried again with the next call");
	}

	@Test
	void takesKindsItHasNoWordsFor() {
		tell(service("deals", "sales", "closed", "{\"later<b>\":2}", "{}"));
		assertThat(get("/admin/services", 200)).contains("2 × later&lt;b&gt;");
	}

	@Test
	void looksForServicesByStateAndTeam() {
		assertThat(get("/admin/services?team=sales", 200))
			.contains("href=\"/admin/modules/offers\"", "href=\"/admin/modules/deals\"", "selected=\"selected\">sales",
					"<option value=\"hr\">hr")
			.doesNotContain("href=\"/admin/modules/people\"");
		assertThat(get("/admin/services?team=sales&state=well", 200)).contains("href=\"/admin/modules/deals\"")
			.doesNotContain("href=\"/admin/modules/offers\"");
		assertThat(get("/admin/services?team=hr&state=open", 200)).contains("No service fits")
			.doesNotContain("No service yet", "<table");
		tell();
		assertThat(get("/admin/services", 200)).contains("No service yet");
	}

	@Test
	void saysThatTheBffIsAway() {
		this.bff.on(BFF, 503, "{\"detail\":\"the bff is starting\"}");
		assertThat(get("/admin/services", 502)).contains("the bff is starting", "is not known, because the bff")
			.doesNotContain("<table", "<form class=\"pergola-toolbar\"");
		assertThat(get("/admin", 200)).doesNotContain("</strong> not called");
	}

	@Test
	void theDashboardCountsThoseThatAreNotCalled() {
		assertThat(get("/admin", 200)).contains("<strong>1</strong> not called", "href=\"/admin/services\"");
	}

	@Test
	void speaksGerman() {
		assertThat(text(this.admin.get().uri("/admin/services").header("Accept-Language", "de"), 200)).contains(
				"So sieht sie das BFF auf bff-a", "Nicht aufgerufen", "nächster Versuch um", "Auf Probe",
				"letzter Fehler: verstummt", "1.234 × keine Antwort in der Zeit", "Weist Aufrufe ab", "Vertrag gilt");
	}

	@Test
	void letsOnlyAdministratorsIn() {
		text(this.anyone.mutateWith(People.developer()).get().uri("/admin/services"), 403);
		text(this.anyone.get().uri("/admin/services"), 401);
		assertThat(this.bff.tokens()).isEmpty();
	}

	private void tell(String... services) {
		this.bff.on(BFF, 200,
				"""
						{ "node": "bff-a", "inFlight": 31, "maxCalls": 2000, "maxCallsPerModule": 500, "shed": 0, "modules": [%s] }"""
					.formatted(String.join(",", services)));
	}

	private static String open(Instant until) {
		return service("zoo", "zoo", "open", "{\"timeout\":24}", "{\"circuit-open\":310}").replace("\"team\"",
				"\"openSince\": \"2026-11-29T12:00:00Z\", \"openUntil\": \"%s\", \"team\"".formatted(until));
	}

	private static String service(String module, String team, String circuit, String failures, String refused) {
		return """
				{ "module": "%1$s", "team": "%2$s", "host": "%1$s.internal:8080", "circuit": "%3$s", "inFlight": 2,
				  "upstreamInFlight": 5, "limit": 20, "lastMinute": { "failures": %4$s, "refused": %5$s, "retries": 3 },
				  "retryBudget": 4, "contracts": "enforce" }""".formatted(module, team, circuit, failures, refused);
	}

	private String get(String path, int status) {
		return text(this.admin.get().uri(path), status);
	}

	private static String text(WebTestClient.RequestHeadersSpec<?> request, int status) {
		return String.valueOf(request.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

}

package dev.pergola.shell.agents;

import java.net.URI;
import java.time.Duration;

import dev.pergola.shell.Catalogs;
import dev.pergola.shell.FakeRegistry;
import dev.pergola.shell.InMemoryCatalogSource;
import dev.pergola.shell.People;
import dev.pergola.shell.ShellTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

import static org.assertj.core.api.Assertions.assertThat;

@ShellTest
class AgentsPagesTests {

	private final FakeRegistry bff;

	private static final String RUNS = "GET /agents/operations/runs?limit=50&state=&team=&agent=&person=&text=&before=";

	private static final String GOING = """
			{ "id": "r-1", "runId": "run<b>", "threadId": "thread-1", "module": "partnerships", "agent": "co-sell", "team": "partnerships",
			  "person": "ada", "tenant": "acme", "kind": "runner", "state": "queued", "queuePosition": 2, "createdAt": "2026-11-29T12:00:00.5Z",
			  "inputTokens": 0, "outputTokens": 0 }""";

	private static final String FAILED = """
			{ "id": "r-2", "runId": "run-2", "threadId": "thread-1", "module": "partnerships", "agent": "co-sell", "team": "partnerships",
			  "person": "ada", "kind": "runner", "state": "failed", "createdAt": "2026-11-29T12:00:00Z", "startedAt": "2026-11-29T12:00:00Z",
			  "firstByteAt": "2026-11-29T12:00:00.42Z", "endedAt": "2026-11-29T12:03:05Z", "queueMillis": 0, "firstByteMillis": 420,
			  "durationMillis": 185000, "inputTokens": 1000, "outputTokens": 234,
			  "failure": { "code": "AGENT_EXIT", "message": "It ended with 3." }, "stop": { "by": "grace", "reason": "too <dear>", "at": "2026-11-29T12:03:00Z" },
			  "program": { "runner": "co-sell", "state": "FAILED", "exitCode": 3, "stderr": "Traceback <x>" } }""";

	private static final String SUMMARY = """
			"running": 2, "queued": 1, "runsLastHour": 12, "runsLastDay": 40, "failureShare": 0.25, "durationMillisP50": 4200,
			"durationMillisP95": 61000, "inputTokens": 900, "outputTokens": 100""";

	private static final String AGENTS = """
			{ "from": "2026-11-28T12:00:00Z", "all": { %1$s },
			  "agents": [ { "module": "partnerships", "agent": "co-sell", "team": "partnerships", %1$s } ],
			  "teams": [ { "team": "partnerships", %1$s,
			      "budget": { "team": "partnerships", "tokensPerDay": 10000, "spent": 12500, "hard": true, "resetsAt": "2026-11-30T00:00:00Z" } },
			    { "team": "people", %1$s } ] }"""
		.formatted(SUMMARY);

	private final WebTestClient anyone;

	private final WebTestClient admin;

	AgentsPagesTests(@Autowired ApplicationContext context, @Autowired InMemoryCatalogSource catalog,
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
		this.bff.on(RUNS, 200,
				"{ \"runs\": [ %s, %s ], \"next\": \"2026-11-29T12:00:00Z~r-2\" }".formatted(GOING, FAILED));
		this.bff.on("GET /agents/operations/agents", 200, AGENTS);
		this.bff.on("GET /agents/operations/runs/r-1", 200, GOING);
		this.bff.on("GET /agents/operations/runs/r-2", 200, FAILED);
	}

	@Test
	void showsRunsAgentsTeamsAndBudgets() {
		String html = get("/admin/agents", 200);
		assertThat(html).contains("Queued, place 2", "AGENT_EXIT", "3 min 5 s", "420 ms", "1,234",
				"href=\"/admin/agents/runs/r-2\"", "Run of partnerships/co-sell for ada", "25%", "4.2 s", "1 min 1 s",
				"12,500 of 10,000", "<meter min=\"0\" max=\"1\"", "no limit", "cuts runs", "data-pergola-live",
				"before=2026-11-29T12:00:00Z~r-2", "aria-current=\"page\">Agents</a>");
		assertThat(this.bff.tokens()).containsOnly("Bearer token-of-the-person");
	}

	@Test
	void looksForRunsAsTheFormSays() {
		this.bff.on(
				"GET /agents/operations/runs?limit=50&state=failed&team=people&agent=people%2Fwho&person=ada&text=a%26b&before=x",
				200, "{ \"runs\": [] }");
		String html = get("/admin/agents?state=failed&team=people&agent=people/who&person=ada&text=a%26b&before=x",
				200);
		assertThat(html).contains("No run fits", "value=\"a&amp;b\"", "<option value=\"failed\" selected=\"selected\">")
			.doesNotContain("No run yet");
		this.bff.on(RUNS, 200, "{ \"runs\": [] }");
		assertThat(get("/admin/agents", 200)).contains("No run yet").doesNotContain("Older runs");
	}

	@Test
	void showsWhatBecameOfARun() {
		assertThat(get("/admin/agents/runs/r-2", 200))
			.contains("It ended with 3.", "Traceback &lt;x&gt;", "grace: too &lt;dear&gt;", "Exit code")
			.doesNotContain("Stop this run", "data-pergola-live", "<dt>Signal");
		assertThat(get("/admin/agents/runs/r-1", 200)).contains("Stop this run", "run&lt;b&gt;", "data-pergola-live",
				"Stop the run of partnerships/co-sell for ada", "The agent-bridge does not tell of it");
		get("/admin/agents/runs/r-3", 404);
	}

	@Test
	void aRunThatWaitsForAnAnswerCanBeStopped() {
		this.bff.on("GET /agents/operations/runs/r-1", 200, GOING.replace("queued", "waiting"));
		assertThat(get("/admin/agents/runs/r-1", 200)).contains("Stop this run", "Waits for an answer");
	}

	@Test
	void aRunWhoseQuestionNobodyAnsweredInTimeIsOver() {
		this.bff.on("GET /agents/operations/runs/r-1", 200, GOING.replace("queued", "expired"));
		assertThat(get("/admin/agents/runs/r-1", 200)).contains("Not answered in time").doesNotContain("Stop this run");
		assertThat(get("/admin/agents", 200)).contains("<option value=\"expired\">Not answered in time</option>");
	}

	@Test
	void saysThatAProgramWroteNoErrorsWhereThatIsKnown() {
		String silent = FAILED.replace("Traceback <x>", "");
		this.bff.on("GET /agents/operations/runs/r-2", 200, silent);
		assertThat(get("/admin/agents/runs/r-2", 200)).contains("It wrote no errors.");
		this.bff.on("GET /agents/operations/runs/r-2", 200, silent.replace(", \"stderr\": \"\"", ""));
		assertThat(get("/admin/agents/runs/r-2", 200)).contains("Exit code").doesNotContain("It wrote no errors.");
	}

	@Test
	void stopsARunOnceItIsMeant() {
		this.bff.on("POST /agents/operations/runs/r-1/cancel", 202, GOING);
		assertThat(text(form("reason", "too dear"), 422)).contains("tick the box", "value=\"too dear\"",
				"role=\"alert\"");
		assertThat(this.bff.writes()).isEmpty();
		form("reason", "too dear", "confirm", "yes").exchange()
			.expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/admin/agents/runs/r-1?done=run-stopping");
		assertThat(this.bff.writes())
			.containsExactly("POST /agents/operations/runs/r-1/cancel null {\"reason\":\"too dear\"}");
		assertThat(get("/admin/agents/runs/r-1?done=run-stopping", 200)).contains("The agent is told to stop.");
		this.bff.on("POST /agents/operations/runs/r-1/cancel", 400, "{\"detail\":\"reason: missing\"}");
		assertThat(text(form("confirm", "yes"), 422)).contains("reason: missing");
	}

	@Test
	void saysThatTheBffIsAway() {
		this.bff.on(RUNS, 503, "{\"detail\":\"the bff is starting\"}");
		this.bff.on("GET /agents/operations/agents", 503, "{\"detail\":\"the bff is starting\"}");
		this.bff.on("GET /agents/operations/runs/r-1", 503, "{\"detail\":\"the bff is starting\"}");
		assertThat(get("/admin/agents", 502)).contains("the bff is starting", "What runs is not known")
			.doesNotContain("<form class=\"pergola-toolbar\"");
		assertThat(get("/admin/agents/runs/r-1", 502)).contains("What runs is not known");
		assertThat(get("/admin", 200)).contains("The bff does not say.");
		usual();
		assertThat(get("/admin", 200)).contains("<strong>2</strong> running");
	}

	@Test
	void speaksGerman() {
		assertThat(text(this.admin.get().uri("/admin/agents").header("Accept-Language", "de"), 200))
			.contains("Wartet, Platz 2", "1.234", "12.500 von 10.000", "unbegrenzt", "3 min 5 s", "4,2 s");
		assertThat(text(
				this.admin.get().uri("/admin/agents/runs/r-1?done=run-stopping").header("Accept-Language", "de"), 200))
			.contains("Der Agent soll anhalten.");
	}

	@Test
	void repeatsNothingThatAnAddressSaysWasDone() {
		assertThat(get("/admin/agents?done=%3Cb%3Ehacked", 200)).doesNotContain("hacked", "role=\"status\"");
	}

	@Test
	void letsOnlyAdministratorsIn() {
		for (String path : new String[] { "/admin/agents", "/admin/agents/runs/r-1" }) {
			text(this.anyone.mutateWith(People.developer()).get().uri(path), 403);
			text(this.anyone.get().uri(path), 401);
		}
		assertThat(this.bff.tokens()).isEmpty();
	}

	private String get(String path, int status) {
		return text(this.admin.get().uri(URI.create(path)), status);
	}

	private WebTestClient.RequestHeadersSpec<?> form(String... fields) {
		BodyInserters.FormInserter<String> form = BodyInserters.fromFormData(fields[0], fields[1]);
		for (int i = 2; i < fields.length; i += 2) {
			form.with(fields[i], fields[i + 1]);
		}
		return this.admin.post()
			.uri("/admin/agents/runs/r-1/cancel")
			.header("Sec-Fetch-Site", "same-origin")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body(form);
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

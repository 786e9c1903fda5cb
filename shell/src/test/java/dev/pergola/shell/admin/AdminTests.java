package dev.pergola.shell.admin;

import java.net.URI;

import dev.pergola.shell.Catalogs;
import dev.pergola.shell.FakeRegistry;
import dev.pergola.shell.InMemoryCatalogSource;
import dev.pergola.shell.People;
import dev.pergola.shell.ShellTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

import static org.assertj.core.api.Assertions.assertThat;

@ShellTest
class AdminTests {

	private final FakeRegistry registry;

	private static final String PARTNERSHIPS = """
			{ "module": "partnerships", "team": "partnerships", "enabled": true, "reason": null, "revision": 7,
			  "channels": { "stable": { "rollout": [ { "version": "1.1.0", "share": 5 }, { "version": "1.0.0", "share": 95 } ],
			    "overrides": [ { "group": "beta", "version": "1.1.0" } ] } },
			  "versions": [ { "version": "1.1.0", "sizeBytes": 2048, "publishedAt": "2026-11-22T18:00:00Z", "publishedBy": "ci" },
			    { "version": "1.0.0", "sizeBytes": 1024, "publishedAt": "2026-11-20T18:00:00Z", "publishedBy": "ci" } ] }""";

	private static final String AUDIT = """
			{ "entries": [ { "id": 9, "revision": 7, "at": "2026-11-22T18:00:00.123Z", "actor": "ci<script>", "actorKind": "team-token",
			    "address": "127.0.0.1", "action": "version.publish", "subject": "partnerships/1.1.0", "module": "partnerships",
			    "before": null, "after": { "version": "1.1.0" }, "reason": null } ], "next": 9 }""";

	private final InMemoryCatalogSource catalog;

	private final WebTestClient anyone;

	private final WebTestClient admin;

	AdminTests(@Autowired ApplicationContext context, @Autowired InMemoryCatalogSource catalog,
			@Autowired FakeRegistry registry) {
		this.registry = registry;
		this.catalog = catalog;
		this.anyone = WebTestClient.bindToApplicationContext(context)
			.apply(SecurityMockServerConfigurers.springSecurity())
			.configureClient()
			.defaultHeader("Accept", "text/html")
			.build();
		this.admin = this.anyone.mutateWith(People.admin());
	}

	@BeforeEach
	void usual() {
		this.registry.reset();
		this.registry.on("GET /modules", 200, "[" + PARTNERSHIPS + "]");
		this.registry.on("GET /modules/partnerships", 200, PARTNERSHIPS);
		this.registry.on("GET /audit?limit=8", 200, AUDIT);
		this.catalog.set(Catalogs.usual());
	}

	@Test
	@Tag("registry-12")
	void aModuleSaysHowItsVersionsFareAndWhyTheGuardStopped() {
		this.registry.on("GET /modules/partnerships/health", 200,
				"""
						{ "versions": [ { "version": "1.1.0", "loads": 80, "errorRate": 50.0, "mountP75Millis": 90, "lcpP75Millis": null,
						  "lastErrors": [ { "message": "<b>no such deal</b>", "reason": "threw", "stack": "at x.js:1", "page": "list",
						    "browser": "firefox", "lastId": "abcd1234", "seen": 40, "byPeople": 2, "lastAt": "2026-12-01T08:00:00Z" } ] },
						  { "version": "1.0.0", "loads": 76, "errorRate": 0.0, "lastErrors": [] } ] }""");
		this.registry.on("GET /modules/partnerships/guard", 200, "\"9\"",
				"""
						{ "state": "stopped", "verdict": "40 of 80 loads", "stoppedAt": "2026-12-01T08:10:00Z",
						  "rules": { "enabled": true, "maxErrorRate": 2, "minLoads": 20, "window": "5m", "steps": [5, 25], "stepAfter": "30m" } }""");
		assertThat(get("/admin/modules/partnerships", 200)).contains("50 %", "90 ms", "&lt;b&gt;no such deal",
				"abcd1234", "The guard took the rollout back", "40 of 80 loads", "Resume the rollout",
				"value=\"5, 25\"");
		this.registry.on("PUT /modules/partnerships/guard", 200, "{}");
		form(this.admin, "/admin/modules/partnerships/guard", "tag", "\"9\"", "enabled", "true", "maxErrorRate", "1.5",
				"minLoads", "50", "window", "10m", "steps", "10, 100", "stepAfter", "1m")
			.exchange()
			.expectStatus()
			.isSeeOther();
		this.registry.on("POST /modules/partnerships/guard/resume", 409, "{\"detail\":\"nothing to resume\"}");
		assertThat(text(form(this.admin, "/admin/modules/partnerships/guard/resume", "do", "resume"), 409))
			.contains("nothing to resume");
		assertThat(this.registry.writes()).containsExactly(
				"PUT /modules/partnerships/guard \"9\" {\"enabled\":true,\"maxErrorRate\":1.5,\"maxLcp\":null,"
						+ "\"minLoads\":50,\"window\":\"10m\",\"stepAfter\":\"1m\",\"steps\":[10,100]}",
				"POST /modules/partnerships/guard/resume null");
	}

	@Test
	void onlyAdministratorsAreLetIn() {
		for (String path : new String[] { "/admin", "/admin/modules", "/admin/navigation", "/admin/audit",
				"/admin/history" }) {
			text(this.anyone.mutateWith(People.developer()).get().uri(path), 403);
			text(this.anyone.get().uri(path), 401);
		}
		text(form(this.anyone.mutateWith(People.developer()), "/admin/modules/partnerships/state", "enabled", "false"),
				403);
		assertThat(this.registry.tokens()).isEmpty();
	}

	@Test
	void registryIsAskedAsThePerson() {
		get("/admin/modules", 200);
		assertThat(this.registry.tokens()).containsExactly("Bearer token-of-the-person");
	}

	@Test
	void overviewAndListShowHowThingsAre() {
		assertThat(get("/admin", 200)).contains("published", "partnerships/1.1.0", "ci&lt;script&gt;")
			.doesNotContain("ci<script>");
		assertThat(get("/admin/modules", 200)).contains("href=\"/admin/modules/partnerships\"", "1.1.0", " 5 %");
	}

	@Test
	void switchingOffTellsTheRegistryAndComesBackWithAMessage() {
		this.registry.on("PUT /modules/partnerships/state", 200, "{}");
		form(this.admin, "/admin/modules/partnerships/state", "enabled", "false", "reason", "Data repair", "tag",
				"\"7\"")
			.exchange()
			.expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/admin/modules/partnerships?done=module-off");
		assertThat(this.registry.writes())
			.containsExactly("PUT /modules/partnerships/state \"7\" {\"enabled\":false,\"reason\":\"Data repair\"}");
		assertThat(get("/admin/modules/partnerships?done=module-off", 200)).contains("The module is switched off.");
		assertThat(get("/admin/modules/partnerships?done=%3Cb%3Ehello", 200)).doesNotContain("hello");
	}

	@Test
	void oneVersionIsSwitchedOffAlone() {
		this.registry.on("PUT /modules/partnerships/versions/1.1.0/state", 200, "{}");
		form(this.admin, "/admin/modules/partnerships/state", "enabled", "false", "version", "1.1.0", "reason",
				"loses drafts")
			.exchange()
			.expectHeader()
			.location("/admin/modules/partnerships?done=version-off");
		assertThat(this.registry.writes().getFirst()).startsWith("PUT /modules/partnerships/versions/1.1.0/state ");
		assertThat(text(form(this.admin, "/admin/modules/partnerships/state", "enabled", "false", "version",
				"../../teams/deals"), 422))
			.contains("There is no such version.");
	}

	@Test
	void refusalIsShownWithEveryFinding() {
		this.registry.on("PUT /modules/partnerships/state", 422, """
				{ "status": 422, "detail": "the state cannot be changed so",
				  "findings": [ { "pointer": "/reason", "message": "is missing" } ] }""");
		String html = text(form(this.admin, "/admin/modules/partnerships/state", "enabled", "false"), 422);
		assertThat(html).contains("the state cannot be changed so", "/reason is missing", "role=\"alert\"");
	}

	@Test
	void rolloutKeepsTheGroupsAndAddsUp() {
		this.registry.on("PUT /modules/partnerships/channels/stable", 200, "{}");
		form(this.admin, "/admin/modules/partnerships/rollout", "version", "1.1.0", "share", "12.5", "rest", "1.0.0")
			.exchange()
			.expectStatus()
			.isSeeOther();
		form(this.admin, "/admin/modules/partnerships/rollout", "version", "1.0.0", "share", "100", "rest", "1.0.0")
			.exchange()
			.expectStatus()
			.isSeeOther();
		assertThat(this.registry.writes()).hasSize(2);
		assertThat(body(this.registry.writes().getFirst())).isEqualTo(Catalogs.JSON.readTree("""
				{ "rollout": [ { "version": "1.1.0", "share": 12.5 }, { "version": "1.0.0", "share": 87.5 } ],
				  "overrides": [ { "group": "beta", "version": "1.1.0" } ] }"""));
		assertThat(body(this.registry.writes().getLast()).at("/rollout/0/version").asString()).isEqualTo("1.0.0");
		assertThat(body(this.registry.writes().getLast()).get("rollout")).hasSize(1);
	}

	@Test
	void withoutRegistryTheLastGoodStateIsShownToRead() {
		this.registry.on("GET /modules", 503, "{\"detail\":\"the database does not answer\"}");
		this.registry.on("GET /modules/partnerships", 503, "{\"detail\":\"the database does not answer\"}");
		this.registry.on("GET /navigation/draft", 503, "{\"detail\":\"the database does not answer\"}");
		assertThat(get("/admin/modules", 502)).contains("the database does not answer", "partnerships");
		assertThat(get("/admin/modules/partnerships", 502)).contains("1.0.0")
			.doesNotContain("<form class=\"pergola-form\"");
		assertThat(get("/admin/navigation", 502)).contains("Partnerships").doesNotContain("Move Partnerships up");
	}

	@Test
	void auditIsFiltered() {
		this.registry.on("GET /audit?limit=50&module=partnerships&before=9", 200, AUDIT);
		assertThat(get("/admin/audit?module=partnerships&before=9", 200)).contains("2026-11-22 18:00:00",
				"Older entries");
	}

	@Test
	@Tag("registry-14")
	void historyComparesAndRestoresAfterTheWordsWereTyped() {
		this.registry.on("GET /revisions?limit=50", 200, "\"9\"",
				"""
						{ "revisions": [ { "revision": 9, "at": "2026-11-22T14:05:00.5Z", "actor": "ada<script>", "action": "channel.change",
						    "subject": "people/stable", "module": "people", "reason": null } ], "next": null }""");
		this.registry.on("GET /revisions/diff?from=7", 200,
				"""
						{ "from": 7, "to": 9, "modules": [ { "module": "people", "change": "changes",
						    "fields": [ { "name": "enabled", "from": true, "to": false },
						      { "name": "shares", "from": [ { "version": "1.0.0", "share": 100 } ], "to": [] },
						      { "name": "overrides", "from": null, "to": [ { "group": "beta", "version": null, "channel": "canary" } ] } ] } ], "navigation": null, "served": null }""");
		this.registry.on("POST /revisions/7/restore?module=people", 200, "{ \"revision\": 10 }");
		assertThat(get("/admin/history", 200)).contains("2026-11-22 14:05:00", "ada&lt;script&gt;", "Compare with now",
				"changed the rollout of");
		assertThat(get("/admin/history?from=7", 200)).contains("Revision 7 and now", "enabled", "restore 7",
				"1.0.0 100 %", ">none<", "channel canary for group beta");
		assertThat(text(
				form(this.admin, "/admin/history/7/restore", "tag", "\"9\"", "confirm", "restore", "reason", "x"), 422))
			.contains("type restore 7");
		assertThat(this.registry.writes()).isEmpty();
		text(form(this.admin, "/admin/history/7/restore", "tag", "\"9\"", "confirm", "restore 7", "reason", "leaks",
				"module", "people"), 303);
		assertThat(this.registry.writes()).containsExactly("POST /revisions/7/restore?module=people \"9\"");
	}

	private static JsonNode body(String write) {
		return Catalogs.JSON.readTree(write.substring(write.indexOf('{')));
	}

	private String get(String path, int status) {
		return text(this.admin.get().uri(URI.create(path)), status);
	}

	private static WebTestClient.RequestHeadersSpec<?> form(WebTestClient client, String path, String... fields) {
		BodyInserters.FormInserter<String> form = BodyInserters.fromFormData(fields[0], fields[1]);
		for (int i = 2; i < fields.length; i += 2) {
			form.with(fields[i], fields[i + 1]);
		}
		return client.post()
			.uri(path)
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

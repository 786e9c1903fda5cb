package dev.pergola.shell.admin;

import dev.pergola.shell.Catalogs;
import dev.pergola.shell.FakeRegistry;
import dev.pergola.shell.InMemoryCatalogSource;
import dev.pergola.shell.People;
import dev.pergola.shell.ShellTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ShellTest
@Tag("registry-7")
class TeamsTests {

	private final FakeRegistry registry;

	private final WebTestClient anyone;

	TeamsTests(@Autowired ApplicationContext context, @Autowired InMemoryCatalogSource catalog,
			@Autowired FakeRegistry registry) {
		this.registry = registry;
		catalog.set(Catalogs.usual());
		this.anyone = WebTestClient.bindToApplicationContext(context)
			.apply(SecurityMockServerConfigurers.springSecurity())
			.configureClient()
			.defaultHeader("Accept", "text/html")
			.build();
	}

	@BeforeEach
	void usual() {
		this.registry.reset();
		this.registry.on("GET /teams", 200, """
				[ { "team": "people", "contact": null, "hosts": ["people.internal"], "members": 1,
				    "modules": ["people"], "mine": true } ]""");
		this.registry.on("GET /teams/people", 200, """
				{ "team": "people", "contact": "<b>@example.com", "hosts": ["people.internal", "b.internal"],
				  "settingsHosts": ["localhost"], "modules": ["people"], "revision": 7,
				  "members": [ { "subject": "mia&co", "addedAt": "2026-11-22T18:00:00Z", "addedBy": "ada" } ],
				  "names": { "paths": ["/people", "/staff"], "elements": [], "navigation": [], "modules": [] },
				  "publishers": [ { "id": "p1", "name": "main", "issuer": "https://ci.example.com", "audience": null,
				                    "subject": "repo:acme/people:*", "claims": { "event": "push" } } ] }""");
		this.registry.on("GET /teams/people/tokens", 200,
				"""
						[ { "id": "t1", "name": "ci", "createdBy": "ada", "expiresAt": "2999-01-01T00:00:00Z", "revokedAt": null } ]""");
	}

	@Test
	void showsAllTeamsAndOne() {
		assertThat(get("/admin/teams")).contains("href=\"/admin/teams/people\"", "people.internal");
		assertThat(get("/admin/teams/people")).contains("&lt;b&gt;@example.com", "mia&amp;co",
				"people.internal\nb.internal", "/people\n/staff", "repo:acme/people:*", "event=push",
				"/admin/teams/people/tokens/t1/revoke", "/admin/teams/people/publishers/p1/remove",
				"value=\"&quot;7&quot;\"");
	}

	@Test
	void developersSeeTheirTeamAndNeitherWriteHostsNorNames() {
		this.registry.on("GET /modules", 200,
				"[ { \"module\": \"people\", \"team\": \"people\", \"enabled\": true } ]");
		WebTestClient developer = this.anyone.mutateWith(People.developer());
		// A member by the registry alone.
		assertThat(text(developer.get().uri("/developer"), 200)).contains("href=\"/developer/teams/people\"",
				"href=\"/developer/modules/people\"");
		assertThat(text(developer.get().uri("/developer/teams/people"), 200))
			.contains("mia&amp;co", "action=\"/developer/teams/people/members\"", "b.internal")
			.doesNotContain("name=\"hosts\"", "Reserved names");
		text(developer.get().uri("/admin/teams"), 403);
		this.registry.on("GET /teams/people", 403, "{ \"detail\": \"this belongs to team people\" }");
		text(developer.get().uri("/developer/teams/people"), 404);
	}

	@Test
	void writesForTheStateThatWasShown() {
		this.registry.on("PUT /teams/people", 200, "{}");
		done("/admin/teams/people", "tag=%227%22&contact=a%40example.com&hosts=a.internal%0D%0A%0D%0Ab.internal",
				"/admin/teams/people?done=team-changed");
		this.registry.on("PUT /teams/people/names", 200, "{}");
		done("/admin/teams/people/names", "tag=%227%22&paths=%2Fpeople&elements=&navigation=&modules=",
				"/admin/teams/people?done=names-reserved");
		assertThat(this.registry.writes()).containsExactly(
				"PUT /teams/people \"7\" {\"hosts\":[\"a.internal\",\"b.internal\"],\"contact\":\"a@example.com\"}",
				"PUT /teams/people/names \"7\" {\"paths\":[\"/people\"],\"elements\":[],\"navigation\":[],\"modules\":[]}");
	}

	@Test
	void addsAndRemovesMembersPublishersAndTokens() {
		this.registry.on("PUT /teams/people/members/auth0%7Cmia", 204, "");
		done("/admin/teams/people/members", "subject=auth0%7Cmia", "/admin/teams/people?done=member-added");
		this.registry.on("DELETE /teams/people/members/mia", 204, "");
		done("/admin/teams/people/members", "subject=mia&do=remove", "/admin/teams/people?done=member-removed");
		this.registry.on("POST /teams/people/publishers", 201, "{}");
		done("/admin/teams/people/publishers", "name=ci&issuer=https%3A%2F%2Fci&subject=s&audience=&claims=ref%3Da%3Db",
				"/admin/teams/people?done=publisher-added");
		assertThat(this.registry.writes().getLast())
			.endsWith("{\"name\":\"ci\",\"issuer\":\"https://ci\",\"subject\":\"s\",\"claims\":{\"ref\":\"a=b\"}}");
		this.registry.on("DELETE /teams/people/publishers/p1", 204, "");
		done("/admin/teams/people/publishers/p1/remove", "", "/admin/teams/people?done=publisher-removed");
		this.registry.on("DELETE /teams/people/tokens/t1", 204, "");
		done("/admin/teams/people/tokens/t1/revoke", "", "/admin/teams/people?done=token-revoked");
		this.registry.on("POST /teams/people/tokens", 201,
				"{ \"id\": \"t3\", \"token\": \"pgt_secret\", \"expiresAt\": \"2999-01-01T00:00:00Z\" }");
		assertThat(text(form("/admin/teams/people/tokens", "name=ci&lifetime=P7D"), 200)).contains("pgt_secret",
				"href=\"/admin/teams/people\"");
		assertThat(get("/admin/teams/people")).doesNotContain("pgt_secret");
	}

	@Test
	void saysWhyTheRegistryRefused() {
		this.registry.on("PUT /teams/people", 422,
				"{ \"detail\": \"not so\", \"findings\": [ { \"pointer\": \"/hosts/0\", \"message\": \"no host\" } ] }");
		assertThat(text(form("/admin/teams/people", "hosts=x"), 422)).contains("not so", "/hosts/0 no host");
	}

	@Test
	void makesATeamAndOverwritesNone() {
		this.registry.on("PUT /teams/new", 200, "{}");
		done("/admin/teams", "name=new", "/admin/teams/new");
		this.registry.on("PUT /teams/people", 412, "{}");
		done("/admin/teams", "name=people", "/admin/teams/people");
		assertThat(this.registry.writes()).containsExactly("PUT /teams/new \"0\" {}", "PUT /teams/people \"0\" {}");
	}

	@Test
	@Tag("ux-AD-12")
	void searchesAndExportsTheAudit() {
		this.registry.on("GET /audit?limit=50&team=people&action=team.&from=2026-11-22T18%3A00Z&before=9", 200,
				"{ \"entries\": [], \"next\": 4 }");
		String html = text(
				admin().get().uri("/admin/audit?team=people&action=team.&from=2026-11-22T18:00&actor=&before=9"), 200);
		assertThat(html).contains("before=4", "/admin/audit/export?team=people&amp;action=team.&amp;from=",
				"format=csv", "value=\"2026-11-22T18:00\"");
		this.registry.on("GET /audit?format=csv&team=people", 200, "id,revision\r\n");
		assertThat(text(admin().get().uri("/admin/audit/export?format=csv&team=people"), 200))
			.isEqualTo("id,revision\r\n");
		this.registry.on("GET /audit?limit=50&from=x", 422, "{ \"detail\": \"cannot be searched so\" }");
		assertThat(text(admin().get().uri("/admin/audit/export?format=csv&from=x"), 422))
			.contains("cannot be searched so");
		text(this.anyone.mutateWith(People.developer()).get().uri("/admin/audit/export"), 403);
	}

	private WebTestClient admin() {
		return this.anyone.mutateWith(People.admin());
	}

	private String get(String path) {
		return text(admin().get().uri(path), 200);
	}

	private void done(String path, String body, String location) {
		form(path, body).exchange().expectStatus().isSeeOther().expectHeader().location(location);
	}

	private WebTestClient.RequestHeadersSpec<?> form(String path, String body) {
		return admin().post()
			.uri(path)
			.header("Sec-Fetch-Site", "same-origin")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.bodyValue(body);
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

package dev.pergola.shell.developer;

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

import static org.assertj.core.api.Assertions.assertThat;

@ShellTest
class DeveloperTests {

	private final FakeRegistry registry;

	private final WebTestClient anyone;

	private final WebTestClient developer;

	DeveloperTests(@Autowired ApplicationContext context, @Autowired InMemoryCatalogSource catalog,
			@Autowired FakeRegistry registry) {
		this.registry = registry;
		catalog.set(Catalogs.usual());
		this.anyone = WebTestClient.bindToApplicationContext(context)
			.apply(SecurityMockServerConfigurers.springSecurity())
			.configureClient()
			.defaultHeader("Accept", "text/html")
			.build();
		this.developer = this.anyone.mutateWith(People.developer());
	}

	@BeforeEach
	void usual() {
		this.registry.reset();
		this.registry.on("GET /modules", 200,
				"""
						[ { "module": "partnerships", "team": "partnerships", "enabled": true, "latest": { "version": "1.1.0" } },
						  { "module": "people", "team": "people", "enabled": true } ]""");
		this.registry.on("GET /modules/people", 200, "{ \"module\": \"people\", \"team\": \"people\" }");
		this.registry.on("GET /teams/partnerships/tokens", 200,
				"""
						[ { "id": "t1", "name": "ci", "createdBy": "linus", "expiresAt": "2999-01-01T00:00:00Z", "revokedAt": null },
						  { "id": "t2", "name": "old", "createdBy": "linus", "expiresAt": "2020-01-01T00:00:00Z", "revokedAt": null } ]""");
	}

	@Test
	void showsModulesOfTheOwnTeamsAndHowToPublish() {
		String html = get("/developer", 200);
		assertThat(html)
			.contains("href=\"/developer/modules/partnerships\"", "PERGOLA_TOKEN=&lt;token&gt; pergola publish .")
			.doesNotContain("modules/people");
		assertThat(html).contains("teams/partnerships/tokens/t1/revoke").doesNotContain("tokens/t2/revoke");
		get("/developer/modules/people", 404);
	}

	@Test
	void othersAreNotLetIn() {
		text(this.anyone.mutateWith(People.business()).get().uri("/developer"), 403);
	}

	@Test
	void newTokenIsShownOnce() {
		this.registry.on("POST /teams/partnerships/tokens", 201,
				"{ \"id\": \"t3\", \"token\": \"pgt_secret\", \"expiresAt\": \"2999-01-01T00:00:00Z\" }");
		String html = text(form("/developer/teams/partnerships/tokens", "name=ci&lifetime=P7D"), 200);
		assertThat(html).contains("pgt_secret", "Copy the token now");
		assertThat(this.registry.writes().getFirst()).contains("\"name\":\"ci\"", "\"expiresIn\":\"P7D\"");
		assertThat(get("/developer", 200)).doesNotContain("pgt_secret");
	}

	@Test
	void reloadingTheNewTokenLeadsBackToTheConsole() {
		this.developer.get()
			.uri("/developer/teams/partnerships/tokens")
			.exchange()
			.expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/developer");
	}

	@Test
	void tokenIsRevoked() {
		this.registry.on("DELETE /teams/partnerships/tokens/t1", 204, "");
		form("/developer/teams/partnerships/tokens/t1/revoke", "").exchange()
			.expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/developer?done=token-revoked");
		assertThat(this.registry.writes()).containsExactly("DELETE /teams/partnerships/tokens/t1 null");
	}

	@Test
	void otherTeamsTokensAreRefusedByTheRegistryAndSaidSo() {
		this.registry.on("POST /teams/people/tokens", 403,
				"{ \"status\": 403, \"detail\": \"team people is not yours\" }");
		assertThat(text(form("/developer/teams/people/tokens", "name=x"), 403)).contains("team people is not yours");
	}

	private String get(String path, int status) {
		return text(this.developer.get().uri(path), status);
	}

	private WebTestClient.RequestHeadersSpec<?> form(String path, String body) {
		return this.developer.post()
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

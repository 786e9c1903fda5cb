package dev.pergola.registry;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import dev.pergola.registry.testing.TestIssuer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Publishing by the identity token of a CI system, on every database.
 */
@Tag("registry-7")
public abstract class PublishersContract extends RegistryContract {

	private static final String AUDIENCE = RegistryClient.CI_AUDIENCE;

	@Test
	void letsACiJobActForTheTeamThatNamesIt() {
		String team = name("team");
		String repository = name("acme/tasks");
		String module = name("tasks");
		String id = add(team, repository);
		RegistryClient job = job(repository, AUDIENCE);
		job.publish(module, "1.0.0", Bundles.of(module, "1.0.0", team)).expectStatus().isCreated();
		job.stable(module, "1.0.0").expectStatus().isOk();
		job.put("/modules/{module}/state", "{\"enabled\":false,\"reason\":\"leaks\"}", module).expectStatus().isOk();
		job.get("/modules/{module}", module)
			.expectBody()
			.jsonPath("$.versions[0].publishedBy")
			.isEqualTo("repo:%s:ref:refs/heads/main".formatted(repository));
		assertThat(audit("?module=" + module))
			.allSatisfy((entry) -> assertThat(entry).containsEntry("actorKind", "pipeline"));
		job.publish(name("tasks"), "1.0.0", Bundles.of(module, "1.0.0", "partners")).expectStatus().isEqualTo(422);
		String foreign = name("tasks");
		job.publish(foreign, "1.0.0", Bundles.of(foreign, "1.0.0", "partners")).expectStatus().isForbidden();
		for (String path : List.of("/audit", "/catalog", "/teams", "/teams/" + team, "/navigation")) {
			job.get(path).expectStatus().isForbidden();
		}
		job.post("/teams/{team}/tokens", "{}", team).expectStatus().isForbidden();
		job.delete("/teams/{team}/publishers/{id}", team, id).expectStatus().isForbidden();
		job.put("/modules/{module}/team", "{\"team\":\"x\"}", module).expectStatus().isForbidden();
		developer(team).delete("/teams/{team}/publishers/{id}", team, id).expectStatus().isNoContent();
		developer(team).delete("/teams/{team}/publishers/{id}", team, id).expectStatus().isNoContent();
		job.stable(module, "1.0.0").expectStatus().isUnauthorized();
	}

	@Test
	void letsNoOtherIdentityIn() {
		String team = name("team");
		String repository = name("acme/tasks");
		add(team, repository);
		Instant soon = Instant.now().plusSeconds(300);
		JWTClaimsSet good = claims(repository, AUDIENCE, soon).build();
		call(RegistryClient.CI.sign(good)).get("/modules").expectStatus().isOk();
		String unsigned = new PlainJWT(good).serialize();
		for (String token : List.of(RegistryClient.CI.sign(claims(repository, "elsewhere", soon).build()),
				RegistryClient.CI.sign(claims(repository, AUDIENCE, Instant.now().minusSeconds(300)).build()),
				RegistryClient.CI.sign(claims(repository + "-fork", AUDIENCE, soon).build()),
				RegistryClient.CI.sign(claims(repository, AUDIENCE, soon).claim("event", "pull_request").build()),
				RegistryClient.CI.sign(new JWTClaimsSet.Builder(good).expirationTime(null).build()),
				new TestIssuer().sign(good), RegistryClient.ISSUER.sign(good), unsigned)) {
			call(token).get("/modules").expectStatus().isUnauthorized();
		}
	}

	@Test
	void takesTheAudienceOfThePublisherInPlaceOfTheUsualOne() {
		String team = name("team");
		String repository = name("acme/tasks");
		developer(team)
			.post("/teams/{team}/publishers",
					"""
							{ "name": "ci", "issuer": "%s", "subject": "repo:%s:*", "audience": "of-the-team" }"""
						.formatted(RegistryClient.CI.uri(), repository),
					team)
			.expectStatus()
			.isCreated();
		job(repository, "of-the-team").get("/modules").expectStatus().isOk();
		job(repository, AUDIENCE).get("/modules").expectStatus().isUnauthorized();
	}

	@Test
	void saysThatTheKeysOfAnIssuerAreOutOfReach() {
		call(RegistryClient.CI.sign(new JWTClaimsSet.Builder().issuer("http://localhost:2").subject("x").build()))
			.get("/modules")
			.expectStatus()
			.isEqualTo(503);
	}

	@Test
	void addsNoPublisherThatIsAnybody() {
		String team = name("team");
		String issuer = RegistryClient.CI.uri();
		for (String body : List.of("{\"issuer\":\"%s\",\"subject\":\"repo:acme/x:*\"}",
				"{\"name\":\"ci\",\"issuer\":\"%s\",\"subject\":\"*\"}",
				"{\"name\":\"ci\",\"issuer\":\"%s\",\"subject\":\"repo:*\"}", "{\"name\":\"ci\",\"issuer\":\"%s\"}",
				"{\"name\":\"ci\",\"issuer\":\"http://elsewhere%s\",\"subject\":\"repo:acme/x:*\"}",
				"{\"name\":\"ci\",\"issuer\":\"%s\",\"subject\":\"a/*********\"}",
				"{\"name\":\"ci\",\"issuer\":\"%s\",\"subject\":\"repo:*\",\"claims\":{\"repository\":\"\"}}")) {
			developer(team).post("/teams/{team}/publishers", body.formatted(issuer), team)
				.expectStatus()
				.isEqualTo(422);
		}
		developer(team)
			.post("/teams/{team}/publishers",
					"""
							{ "name": "ci", "issuer": "%s", "subject": "repo:*", "claims": { "repository": "acme/x" } }"""
						.formatted(issuer),
					team)
			.expectStatus()
			.isCreated();
		developer("strangers").post("/teams/{team}/publishers", "{}", team).expectStatus().isForbidden();
		developer("strangers").get("/teams/{team}/publishers", team).expectStatus().isForbidden();
		developer(team).get("/teams/{team}/publishers", team).expectBody().jsonPath("$.length()").isEqualTo(1);
	}

	private String add(String team, String repository) {
		Map<?, ?> added = developer(team).post("/teams/{team}/publishers", """
				{ "name": "main", "issuer": "%s", "subject": "repo:%s:ref:refs/heads/*",
				  "claims": { "event": "push" } }""".formatted(RegistryClient.CI.uri(), repository), team)
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		return (String) added.get("id");
	}

	private RegistryClient job(String repository, String audience) {
		return call(RegistryClient.CI.sign(claims(repository, audience, Instant.now().plusSeconds(300)).build()));
	}

	private RegistryClient call(String token) {
		return RegistryClient.bearer(this.port, token);
	}

	private static JWTClaimsSet.Builder claims(String repository, String audience, Instant end) {
		return new JWTClaimsSet.Builder().issuer(RegistryClient.CI.uri())
			.subject("repo:%s:ref:refs/heads/main".formatted(repository))
			.audience(audience)
			.claim("event", "push")
			.claim("roles", List.of("admin"))
			.claim("teams", List.of("partners"))
			.expirationTime(Date.from(end));
	}

	@SuppressWarnings("unchecked")
	private List<Map<String, Object>> audit(String query) {
		return (List<Map<String, Object>>) administrator().get("/audit" + query)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody()
			.get("entries");
	}

}

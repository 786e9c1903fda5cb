package dev.pergola.registry;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Test;

import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may call what, on every database.
 */
public abstract class AccessContract extends RegistryContract {

	@Test
	void letsNobodyInWithoutAToken() {
		WebTestClient anonymous = RegistryClient.http(this.port, null)
			.mutate()
			.baseUrl("http://localhost:" + this.port)
			.build();
		for (String path : List.of("/registry/v1/catalog", "/registry/v1/modules", "/registry/v1/none",
				"/registry/x")) {
			anonymous.get()
				.uri(path)
				.exchange()
				.expectStatus()
				.isUnauthorized()
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("/problems/unauthenticated")
				.jsonPath("$.traceId")
				.isNotEmpty();
		}
		anonymous.get().uri("/registry/v1/schema/manifest-1.json").exchange().expectStatus().isOk();
		anonymous.get().uri("/registry/v1/openapi.json").exchange().expectStatus().isOk();
		anonymous.get()
			.uri("/registry/v1/sign-in")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.issuer")
			.isEqualTo(RegistryClient.ISSUER.uri())
			.jsonPath("$.clientId")
			.isEqualTo("command-line");
	}

	@Test
	void tellsTheServiceAndTheRolesApart() {
		RegistryClient business = RegistryClient.bearer(this.port,
				RegistryClient.ISSUER.token("bea", List.of("business"), List.of("partners")));
		service().get("/catalog").expectStatus().isOk();
		service().get("/audit").expectStatus().isForbidden();
		service().put("/navigation", "{}").expectStatus().isForbidden();
		service().publish("any", "1.0.0", Bundles.of("any", "1.0.0", "partners")).expectStatus().isForbidden();
		business.get("/catalog").expectStatus().isForbidden();
		business.get("/modules").expectStatus().isForbidden();
		business.publish("any", "1.0.0", Bundles.of("any", "1.0.0", "partners")).expectStatus().isForbidden();
		developer("partners").get("/audit").expectStatus().isOk();
		developer("partners").get("/modules").expectStatus().isOk();
		RegistryClient.bearer(this.port, "not-the-service-token").get("/catalog").expectStatus().isUnauthorized();
	}

	@Test
	void takesOnlyTokensOfTheIssuerThatAreNotOver() {
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().subject("eve").claim("roles", List.of("admin"));
		String foreign = RegistryClient.ISSUER
			.sign(claims.issuer("http://elsewhere").expirationTime(Date.from(Instant.now().plusSeconds(300))).build());
		String over = RegistryClient.ISSUER.sign(claims.issuer(RegistryClient.ISSUER.uri())
			.expirationTime(Date.from(Instant.now().minusSeconds(300)))
			.build());
		RegistryClient.bearer(this.port, foreign).get("/audit").expectStatus().isUnauthorized();
		RegistryClient.bearer(this.port, over).get("/audit").expectStatus().isUnauthorized();
	}

	@Test
	void takesNoRoleFromAClaimThatOnlyTheRegistryGives() {
		RegistryClient pretender = RegistryClient.bearer(this.port,
				RegistryClient.ISSUER.token("eve", List.of("service", "publisher", "team-token"), List.of("partners")));
		pretender.get("/catalog").expectStatus().isForbidden();
		pretender.publish("any", "1.0.0", Bundles.of("any", "1.0.0", "partners")).expectStatus().isForbidden();
	}

	@Test
	void letsATokenPublishForItsTeamUntilItIsRevoked() {
		String team = name("team");
		String module = name("tasks");
		Map<String, Object> issued = administrator().issueToken(team, "{\"name\":\"ci\",\"expiresIn\":\"P30D\"}");
		RegistryClient token = RegistryClient.bearer(this.port, (String) issued.get("token"));
		assertThat((String) issued.get("token")).startsWith("pgt_").hasSize(47);
		token.publish(module, "1.0.0", Bundles.of(module, "1.0.0", team)).expectStatus().isCreated();
		token.stable(module, "1.0.0").expectStatus().isOk();
		token.get("/modules/{module}", module).expectStatus().isOk();
		token.publish(name("tasks"), "1.0.0", Bundles.of(module, "1.0.0", "partners")).expectStatus().isEqualTo(422);
		token.get("/audit").expectStatus().isForbidden();
		token.http().post().uri("/teams/{team}/tokens", team).exchange().expectStatus().isForbidden();
		administrator().http()
			.delete()
			.uri("/teams/{team}/tokens/{id}", team, issued.get("id"))
			.exchange()
			.expectStatus()
			.isNoContent();
		token.publish(module, "1.1.0", Bundles.of(module, "1.1.0", team)).expectStatus().isUnauthorized();
	}

	@Test
	void letsPeopleOfATeamManageItsTokensOnly() {
		String team = name("team");
		Map<String, Object> issued = developer(team).issueToken(team, "{\"name\":\"ci\"}");
		String list = developer(team).get("/teams/{team}/tokens", team)
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(list).contains((String) issued.get("id")).doesNotContain((String) issued.get("token"));
		developer("strangers").get("/teams/{team}/tokens", team).expectStatus().isForbidden();
		developer("strangers").http()
			.delete()
			.uri("/teams/{team}/tokens/{id}", team, issued.get("id"))
			.exchange()
			.expectStatus()
			.isForbidden();
		for (String body : List.of("{\"expiresIn\":\"P400D\"}", "{\"expiresIn\":\"-P1D\"}",
				"{\"expiresIn\":\"soon\"}")) {
			developer(team).http()
				.post()
				.uri("/teams/{team}/tokens", team)
				.header("Content-Type", "application/json")
				.bodyValue(body)
				.exchange()
				.expectStatus()
				.isEqualTo(422);
		}
	}

	@Test
	void answersUnknownAddressesAndMethodsWithProblems() {
		administrator().get("/none")
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/not-found");
		administrator().http()
			.delete()
			.uri("/modules")
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.exists("Allow")
			.expectBody()
			.jsonPath("$.traceId")
			.isNotEmpty();
		administrator().http()
			.get()
			.uri("/modules/none")
			.header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
			.exchange()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/module-not-found")
			.jsonPath("$.traceId")
			.isEqualTo("0af7651916cd43dd8448eb211c80319c");
	}

}

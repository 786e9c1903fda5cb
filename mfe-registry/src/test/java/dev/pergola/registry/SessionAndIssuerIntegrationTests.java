package dev.pergola.registry;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.OnH2;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.mockUser;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.springSecurity;

/**
 * A registry whose issuer is down, in a process that has web sessions.
 */
@OnH2
@TestPropertySource(properties = "pergola.registry.jwt.issuer-uri=http://localhost:1")
class SessionAndIssuerIntegrationTests extends RegistryContract {

	@Autowired
	private ApplicationContext context;

	private WebTestClient session;

	@BeforeEach
	void connect() {
		this.session = WebTestClient.bindToApplicationContext(this.context).apply(springSecurity()).build();
	}

	@Test
	void takesThePersonOfTheWebSession() {
		String module = name("deals");
		WebTestClient developer = this.session
			.mutateWith(mockUser("dev").authorities("ROLE_developer", "TEAM_partners"));
		developer.put()
			.uri("/registry/v1/modules/{module}/versions/1.0.0", module)
			.contentType(MediaType.parseMediaType("application/gzip"))
			.bodyValue(Bundles.of(module, "1.0.0", "partners"))
			.exchange()
			.expectStatus()
			.isCreated();
		developer.get()
			.uri("/registry/v1/modules/{module}", module)
			.exchange()
			.expectBody()
			.jsonPath("$.versions[0].publishedBy")
			.isEqualTo("dev");
		this.session.mutateWith(mockUser("bea").authorities("ROLE_business"))
			.get()
			.uri("/registry/v1/modules")
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	@Test
	void prefersTheBearerTokenToTheSession() {
		this.session.mutateWith(mockUser("ada").roles("admin"))
			.get()
			.uri("/registry/v1/audit")
			.header("Authorization", "Bearer pgt_wrong")
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@Test
	void saysThatTheIssuerIsDownAndGoesOnWithItsOwnTokens() {
		administrator().get("/audit")
			.expectStatus()
			.isEqualTo(503)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/issuer-unavailable");
		RegistryClient.bearer(this.port, "nonsense").get("/audit").expectStatus().is4xxClientError();
		service().get("/catalog").expectStatus().isOk();
	}

}

package dev.pergola.session;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A service of pages that has the edge hold the session. */
class EdgeSessionIntegrationTests {

	private static final byte[] KEY = "a key that is long enough for HS256 and no secret"
		.getBytes(StandardCharsets.UTF_8);

	private static final String[] SETTINGS = { "--spring.config.name=none", "--server.port=0",
			"--pergola.session.behind-edge=true" };

	private static ConfigurableApplicationContext pages;

	@BeforeAll
	static void start() {
		pages = new SpringApplicationBuilder(Pages.class, Keys.class).web(WebApplicationType.REACTIVE).run(SETTINGS);
	}

	@AfterAll
	static void stop() {
		pages.close();
	}

	@Test
	void knowsThePersonByTheAccessToken() throws Exception {
		HttpResponse<String> page = get("/page", "Authorization", "Bearer " + token());
		assertThat(page.body()).isEqualTo("Ada [admin] [deals:read] [deals] acme " + token());
		assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
	}

	@Test
	void refusesAPersonWithoutOneAndSendsNobodyAround() throws Exception {
		HttpResponse<String> page = get("/page", "Accept", "text/html");
		assertThat(page.statusCode()).isEqualTo(401);
		assertThat(page.body()).contains("/problems/sign-in-required", "http://localhost:8080");
		assertThat(get("/page", "Authorization", "Bearer x.y.z").statusCode()).isEqualTo(401);
		assertThat(get("/assets/a.js", "Accept", "*/*").statusCode()).isEqualTo(404);
	}

	@Test
	void hasNoSignInOfItsOwn() throws Exception {
		assertThat(get("/session", "Authorization", "Bearer " + token()).statusCode()).isEqualTo(404);
		assertThat(get("/logout", "Accept", "text/html").statusCode()).isEqualTo(404);
		assertThat(get("/oauth2/authorization/pergola", "Accept", "text/html").statusCode()).isEqualTo(401);
	}

	@Test
	void withoutAnIssuerTheStartSaysWhichSettingIsMissing() {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Pages.class)
			.web(WebApplicationType.REACTIVE);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> application.run(SETTINGS))
			.havingRootCause()
			.withMessageContaining("spring.security.oauth2.resourceserver.jwt.issuer-uri");
	}

	@Test
	void anIssuerWithoutAnAudienceStopsTheStart() {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Pages.class)
			.web(WebApplicationType.REACTIVE);
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> application.run("--spring.config.name=none", "--server.port=0",
					"--pergola.session.behind-edge=true",
					"--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://localhost:1"))
			.havingRootCause()
			.withMessageStartingWith("spring.security.oauth2.resourceserver.jwt.audiences: missing");
	}

	@ParameterizedTest
	@CsvSource({ "x, registration.pergola.client-id",
			"registration.pergola.client-id, registration.pergola.client-secret",
			"registration.pergola.client-id;registration.pergola.client-secret, provider.pergola.issuer-uri" })
	void anEdgeThatNobodyCouldSignInAtSaysWhichSettingIsMissing(String given, String missing) {
		List<String> settings = new ArrayList<>(List.of("--spring.config.name=none", "--server.port=0"));
		for (String name : given.split(";")) {
			settings.add("--spring.security.oauth2.client." + name + "=pergola");
		}
		SpringApplicationBuilder application = new SpringApplicationBuilder(Pages.class)
			.web(WebApplicationType.REACTIVE);
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> application.run(settings.toArray(String[]::new)))
			.havingRootCause()
			.withMessageStartingWith("spring.security.oauth2.client." + missing + ": missing");
	}

	private static HttpResponse<String> get(String path, String header, String value) throws Exception {
		int port = ((WebServerApplicationContext) pages).getWebServer().getPort();
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(
					HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).header(header, value).build(),
					HttpResponse.BodyHandlers.ofString());
		}
	}

	private static String token() throws Exception {
		SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
				new JWTClaimsSet.Builder().subject("ada")
					.claim("name", "Ada")
					.claim("roles", List.of("admin"))
					.claim("permissions", List.of("deals:read"))
					.claim("teams", List.of("deals"))
					.claim("tenant", "acme")
					.build());
		jwt.sign(new MACSigner(KEY));
		return jwt.serialize();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = TomcatReactiveWebServerAutoConfiguration.class)
	@RestController
	static class Pages {

		private final AccessTokens tokens;

		Pages(AccessTokens tokens) {
			this.tokens = tokens;
		}

		@GetMapping("/page")
		Mono<String> page(Authentication authentication, ServerWebExchange exchange) {
			SessionPrincipal person = SessionPrincipal.of(authentication);
			return this.tokens.accessToken(exchange)
				.map((token) -> "%s %s %s %s %s %s".formatted(person.name(), person.roles(), person.permissions(),
						person.teams(), person.tenant(), token));
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	static class Keys {

		@Bean
		ReactiveJwtDecoder decoder() {
			return NimbusReactiveJwtDecoder.withSecretKey(new SecretKeySpec(KEY, "HmacSHA256")).build();
		}

	}

}

package dev.pergola.shell.fragment;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.pergola.shell.Catalogs;
import dev.pergola.shell.FakeRegistry;
import dev.pergola.shell.InMemoryCatalogSource;
import dev.pergola.shell.People;
import dev.pergola.shell.ShellTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ShellTest
class FragmentTests {

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private final InMemoryCatalogSource catalog;

	private final WebTestClient client;

	FragmentTests(@Autowired ApplicationContext context, @Autowired InMemoryCatalogSource catalog,
			@Autowired FakeRegistry bff) {
		this.catalog = catalog;
		bff.reset();
		bff.instead(this::answer);
		this.client = WebTestClient.bindToApplicationContext(context)
			.apply(SecurityMockServerConfigurers.springSecurity())
			.configureClient()
			.defaultHeader("Accept", "text/html")
			.build()
			.mutateWith(People.business());
	}

	@BeforeEach
	void reset() {
		this.catalog.set(Catalogs.usual());
	}

	@Test
	void rowsAreInTheFirstHtml() {
		String html = get("/organizations?city=Bern%20West&x=%2F", 200);
		assertThat(html).contains("<td>Acme AG</td>", "<h1>All organizations</h1>", "data-module=\"organizations\"")
			.doesNotContain("alert(1)");
		assertThat(html.split("<h1", -1)).hasSize(2);
		assertThat(this.seen).containsExactly(
				"GET /api/organizations/fragments/organizations?city=Bern%20West&x=%2F Bearer token-of-the-person");
	}

	@Test
	void parametersCannotReachAnotherPathOfTheUpstream() {
		for (String value : List.of("../secret", "a/../secret", "..", "a?b=c", "a#b", "%2e%2e")) {
			FragmentAddress address = new FragmentAddress("organizations", "/fragments/organizations/{id}",
					Map.of("id", value), null);
			assertThat(address.below("http://bff:1/").toString())
				.matches("http://bff:1/api/organizations/fragments/organizations/[A-Za-z0-9%.-]+")
				.doesNotEndWith("/..");
		}
	}

	@Test
	void fragmentWithoutHeadingGetsThePages() {
		assertThat(get("/organizations/none", 200)).contains("<h1>Organization</h1>");
	}

	@Test
	void formIsForwardedAndTheAnswerFollowed() {
		post("/organizations/7", "name=Acme+AG&city=Z%C3%BCrich").expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/organizations/7?saved=1");
		assertThat(this.seen).containsExactly(
				"POST /api/organizations/fragments/organizations/7 Bearer token-of-the-person name=Acme+AG&city=Z%C3%BCrich");
	}

	@Test
	void formWithMistakesComesBackAsThePage() {
		String html = post("/organizations/7", "name=").expectStatus()
			.isEqualTo(422)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(html).contains("Name is missing", "pergola-navigation");
	}

	@Test
	void upstreamSendsPeopleToPagesOfModulesOnly() {
		for (String location : List.of("evil", "double-slash", "admin")) {
			post("/organizations/" + location, "name=x").expectStatus()
				.isEqualTo(502)
				.expectHeader()
				.doesNotExist("Location");
		}
	}

	@Test
	void formOfAnotherSiteIsNotForwarded() {
		this.client.post()
			.uri("/organizations/7")
			.header("Origin", "https://evil.example")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.bodyValue("name=x")
			.exchange()
			.expectStatus()
			.isForbidden();
		assertThat(this.seen).isEmpty();
	}

	@Test
	void tooLargeFormIsRefused() {
		post("/organizations/7", "name=" + "x".repeat(2000)).expectStatus().isEqualTo(413);
		assertThat(this.seen).isEmpty();
	}

	@Test
	void formToAModuleInTheBrowserIsNotAllowed() {
		post("/partnerships", "name=x").expectStatus().isEqualTo(405);
	}

	@Test
	void missingRecordIsNotFound() {
		assertThat(get("/organizations/missing", 404)).contains("There is no such page");
	}

	@Test
	void failingServiceLeavesTheRestOfThePage() {
		assertThat(get("/organizations/broken", 502)).contains("answered with an error (500)",
				"data-problem=\"upstream-unavailable\"", "href=\"/organizations/broken\"", "pergola-navigation");
		assertThat(get("/organizations/slow", 504)).contains("did not answer in time");
		assertThat(get("/organizations/huge", 502)).contains("sent more than the portal accepts");
		assertThat(get("/organizations/json", 502)).contains("sent something that is not a page");
		assertThat(get("/organizations/down", 502)).contains("cannot be reached");
	}

	@Test
	void switchedOffModuleIsNotAsked() {
		this.catalog.set(Catalogs.of(Catalogs.off(Catalogs.organizations(), "Moving")));
		get("/organizations", 503);
		post("/organizations/7", "name=x").expectStatus().isEqualTo(503);
		assertThat(this.seen).isEmpty();
	}

	private String get(String path, int status) {
		String html = this.client.get()
			.uri(URI.create(path))
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return String.valueOf(html);
	}

	private WebTestClient.ResponseSpec post(String path, String form) {
		return this.client.post()
			.uri(path)
			.header("Sec-Fetch-Site", "same-origin")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.bodyValue(form)
			.exchange();
	}

	private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().defaultIfEmpty("").flatMap((body) -> {
			this.seen.add((request.method() + " " + request.uri() + " " + request.requestHeaders().get("Authorization")
					+ " " + body)
				.strip());
			String path = request.uri().substring(request.uri().lastIndexOf('/') + 1);
			return switch (path) {
				case "none" -> html(response, 200, "<p>Nothing here</p>");
				case "missing" -> response.status(404).send().then();
				case "broken" -> response.status(500).send().then();
				case "down" -> response.status(503).send().then();
				case "slow" -> Mono.never();
				case "huge" -> html(response, 200, "x".repeat(100_000));
				case "json" -> response.header("Content-Type", "application/json").sendString(Mono.just("{}")).then();
				case "evil" -> redirect(response, "https://evil.example/");
				case "double-slash" -> redirect(response, "//evil.example/");
				case "admin" -> redirect(response, "/admin/modules");
				case "7" ->
					body.equals("name=") ? html(response, 422, "<h1>Edit</h1><p role=\"alert\">Name is missing</p>")
							: redirect(response, "/organizations/7?saved=1");
				default -> html(response, 200,
						"<h1>All organizations</h1><table><tr><td>Acme AG</td></tr></table><script>alert(1)</script>");
			};
		});
	}

	private static Mono<Void> html(HttpServerResponse response, int status, @Nullable String html) {
		return response.status(status)
			.header("Content-Type", "text/html;charset=UTF-8")
			.sendString(Mono.just(String.valueOf(html)))
			.then();
	}

	private static Mono<Void> redirect(HttpServerResponse response, String location) {
		return response.status(303).header("Location", location).send().then();
	}

}

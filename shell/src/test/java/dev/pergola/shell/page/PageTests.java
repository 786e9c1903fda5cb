package dev.pergola.shell.page;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.pergola.shell.Catalogs;
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
import org.springframework.test.web.reactive.server.WebTestClientConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

@ShellTest
class PageTests {

	private final InMemoryCatalogSource catalog;

	private final WebTestClient anyone;

	private WebTestClient client;

	PageTests(@Autowired ApplicationContext context, @Autowired InMemoryCatalogSource catalog) {
		this.catalog = catalog;
		this.anyone = WebTestClient.bindToApplicationContext(context)
			.apply(SecurityMockServerConfigurers.springSecurity())
			.configureClient()
			.defaultHeader("Accept", "text/html")
			.build();
		this.client = this.anyone.mutateWith(People.business());
	}

	@BeforeEach
	void usualCatalog() {
		this.catalog.set(Catalogs.usual());
	}

	@Test
	void everyPageHasItsLandmarksAndOneHeading() {
		for (String path : List.of("/", "/partnerships", "/partnerships/17", "/reports", "/search?q=part", "/assistant",
				"/nowhere")) {
			String html = get(path, path.equals("/nowhere") ? 404 : 200);
			assertThat(count(html, "<h1[ >]")).as("h1 of " + path).isEqualTo(1);
			assertThat(count(html, "<main ")).as("main of " + path).isEqualTo(1);
			assertThat(html).contains("<a class=\"pergola-skip\" href=\"#main\"", "<header class=\"pergola-banner\"",
					"<main id=\"main\"", "tabindex=\"-1\"", "<footer", "data-pergola-navigation", "action=\"/logout\"");
			assertThat(html).as("of the same origin only").doesNotContainPattern("(src|href|action)=\"(https?:)?//");
		}
	}

	@Test
	void titleNamesPageModuleAndProduct() {
		assertThat(get("/partnerships/17", 200)).contains("<title>Partnership - Partnerships - Pergola</title>");
		assertThat(get("/partnerships", 200)).contains("<title>Partnerships - Pergola</title>");
	}

	@Test
	void navigationShowsWhatThePersonMayOpenAndWhereTheyAre() {
		String html = get("/partnerships", 200);
		assertThat(html).contains("Ecosystem").doesNotContain("New partnership").doesNotContain("href=\"/admin\"");
		assertThat(html).containsPattern("<a href=\"/partnerships\" aria-current=\"page\">");
		assertThat(get("/partnerships/17", 200)).containsPattern("<a href=\"/partnerships\" aria-current=\"true\">");
		assertThat(html.indexOf("href=\"/organizations\"")).isLessThan(html.indexOf("href=\"/partnerships\" aria"));
	}

	@Test
	void searchHasANameWhereThereIsNoPlaceForItsWords() {
		assertThat(get("/", 200))
			.containsPattern("class=\"pergola-banner-search\"[^>]* aria-label=\"Search or jump to\"");
	}

	@Test
	void administratorsMoveHideAndRenameNavigation() {
		this.catalog.set(Catalogs.of("""
				{ "groups": [ { "id": "work", "title": { "en": "Daily work" }, "order": 1 } ],
				  "items": [ { "module": "partnerships", "id": "partnerships", "group": "work", "order": 1,
				               "title": { "en": "Our partners" } },
				             { "module": "legacy", "id": "reports", "hidden": true } ] }""",
				Catalogs.on(Catalogs.partnerships("1.0.0")), Catalogs.on(Catalogs.legacy())));
		String html = get("/", 200);
		assertThat(html).contains("Daily work", "Our partners").doesNotContain("href=\"/reports\"");
		get("/reports", 200);
	}

	@Test
	void consolesAreOfferedByRole() {
		String admin = as(People.admin(), "/");
		assertThat(admin).contains("href=\"/admin\"").doesNotContain("href=\"/developer\"");
		String developer = as(People.developer(), "/");
		assertThat(developer).contains("href=\"/developer\"", "href=\"/design\"").doesNotContain("href=\"/admin\"");
	}

	@Test
	void modulePageTellsTheBrowserWhatToMount() {
		String html = get("/partnerships/a%22b", 200);
		assertThat(html).contains("<pergola-module-host", "data-module=\"partnerships\"", "data-version=\"1.0.0\"",
				"data-page=\"detail\"", "data-element=\"partnerships-detail\"",
				"data-params=\"{&quot;id&quot;:&quot;a\\&quot;b&quot;}\"",
				"data-entry=\"/modules/partnerships/1.0.0/partnerships.js\"", "<noscript>");
		assertThat(html).containsPattern(
				"<link rel=\"modulepreload\" href=\"/modules/partnerships/1.0.0/partnerships.js\" integrity=\"sha384-");
		assertThat(html)
			.containsPattern("<link rel=\"modulepreload\" href=\"/assets/\\w+/lib/lit.js\" integrity=\"sha384-");
	}

	@Test
	void framedModuleIsSandboxed() {
		assertThat(get("/reports", 200)).contains("sandbox=\"allow-scripts allow-forms allow-popups\"",
				"src=\"/modules/legacy/1.0.0/index.html\"");
	}

	@Test
	void homeShowsCardsOfModules() {
		assertThat(get("/", 200)).contains("<pergola-slot name=\"home.cards\"", "data-element=\"partnerships-card\"");
		this.catalog.set(Catalogs.of(Catalogs.on(Catalogs.organizations())));
		assertThat(get("/", 200)).doesNotContain("<pergola-slot").contains("Nothing to show here yet");
	}

	@Test
	@Tag("registry-15")
	void hiddenPageAnswersForbiddenAndSaysWhomToAsk() {
		String html = get("/partnerships/new", 403);
		assertThat(html).contains("partnerships:write", "partnerships@example.com", "data-problem=\"forbidden-page\"")
			.doesNotContain("<pergola-module-host");
	}

	@Test
	void switchedOffModuleSaysWhy() {
		this.catalog.set(Catalogs.of(Catalogs.off(Catalogs.partnerships("1.0.0"), "Data repair until 14:00")));
		String html = get("/partnerships", 503);
		assertThat(html).contains("Data repair until 14:00", "switched off").doesNotContain("<pergola-module-host");
		assertThat(get("/", 200)).doesNotContain("<pergola-slot");
	}

	@Test
	void unknownPageIsAPageOfThePortal() {
		assertThat(get("/nowhere/<b>", 404)).contains("There is no such page").doesNotContain("<b>");
	}

	@Test
	void programsGetProblems() {
		this.client.get()
			.uri("/partnerships/new")
			.accept(MediaType.APPLICATION_JSON)
			.header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/forbidden-page")
			.jsonPath("$.status")
			.isEqualTo(403)
			.jsonPath("$.traceId")
			.isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
	}

	@Test
	void addressesOfOtherPartsAreNeverPages() {
		this.catalog.set(Catalogs.of(Catalogs.on(Catalogs.manifest("""
				{ "schema": 1, "module": "greedy", "version": "1.0.0", "team": { "name": "greedy" },
				  "entry": { "format": "esm", "file": "greedy.js" },
				  "pages": [ { "id": "all", "path": "/{first}/{second}" } ] }"""))));
		for (String path : List.of("/api/x", "/views/x", "/agents/x", "/modules/x", "/registry/v1", "/bridge/v1",
				"/oauth2/x", "/actuator/health2", "/.well-known/x")) {
			String html = this.client.get()
				.uri(path)
				.exchange()
				.expectStatus()
				.isNotFound()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody();
			assertThat(String.valueOf(html)).doesNotContain("pergola-module-host");
		}
		assertThat(get("/some/page", 200)).contains("data-module=\"greedy\"");
	}

	@Test
	void languageIsTheBestOfThoseTitlesAreWrittenIn() {
		String html = text(this.client.get().uri("/partnerships").header("Accept-Language", "fr, de-CH;q=0.8"), 200);
		assertThat(html).contains("<html lang=\"de\"", "Zum Inhalt springen", "<h1>Partnerschaften</h1>");
		assertThat(text(this.client.get().uri("/").header("Accept-Language", "fr"), 200)).contains("<html lang=\"en\"");
	}

	@Test
	void themeIsInTheFirstByteAndChangedWithoutScripts() {
		assertThat(text(this.client.get().uri("/").cookie("pergola-theme", "dark"), 200))
			.containsPattern("<html[^>]* data-theme=\"dark\"");
		assertThat(text(this.client.get().uri("/").cookie("pergola-theme", "\"onload=x"), 200))
			.doesNotContain("data-theme=");
		this.client.post()
			.uri("/preferences/appearance")
			.header("Sec-Fetch-Site", "same-origin")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.bodyValue("theme=contrast&back=%2Fpartnerships")
			.exchange()
			.expectStatus()
			.isSeeOther()
			.expectHeader()
			.location("/partnerships")
			.expectCookie()
			.valueEquals("pergola-theme", "contrast");
	}

	@Test
	void formsOfOtherSitesAreRefused() {
		for (String site : List.of("cross-site", "same-site", "none")) {
			this.client.post()
				.uri("/preferences/appearance")
				.header("Sec-Fetch-Site", site)
				.bodyValue("theme=dark")
				.exchange()
				.expectStatus()
				.isForbidden()
				.expectHeader()
				.doesNotExist("Set-Cookie");
		}
		this.client.post()
			.uri("/preferences/appearance")
			.bodyValue("theme=dark")
			.exchange()
			.expectStatus()
			.isForbidden();
		this.client.post()
			.uri("/preferences/appearance")
			.header("Origin", "https://evil.example")
			.bodyValue("theme=dark")
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	@Test
	void wayBackStaysOnThePortal() {
		for (String back : List.of("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x")) {
			this.client.post()
				.uri("/preferences/appearance")
				.header("Sec-Fetch-Site", "same-origin")
				.contentType(MediaType.APPLICATION_FORM_URLENCODED)
				.bodyValue("theme=dark&back=" + back)
				.exchange()
				.expectHeader()
				.location("/");
		}
	}

	@Test
	void searchFindsInAnyOrderOfWordsAndNothingHidden() {
		assertThat(get("/search?q=partner%20ecosystem", 200)).contains("1 found");
		assertThat(get("/search?q=new", 200)).contains("0 found");
	}

	@Test
	void groupGetsItsOwnVersion() {
		this.catalog.set(Catalogs
			.of(Catalogs.withGroup(Catalogs.partnerships("1.0.0"), "beta", Catalogs.partnerships("1.1.0"))));
		String beta = text(
				this.anyone.mutateWith(People.person("tim", Set.of("beta"), Set.of("partnerships:read"), Set.of()))
					.get()
					.uri("/partnerships"),
				200);
		assertThat(beta).contains("data-version=\"1.1.0\"");
		assertThat(get("/partnerships", 200)).contains("data-version=\"1.0.0\"");
	}

	@Test
	void oldCatalogIsSaidToBeOld() {
		assertThat(get("/", 200)).doesNotContain("The registry cannot be reached");
		this.catalog.disconnect();
		assertThat(get("/", 200)).contains("The registry cannot be reached", "data-element=\"partnerships-card\"");
	}

	@Test
	void nobodyGetsNothing() {
		String html = text(this.anyone.get().uri("/partnerships"), 401);
		assertThat(html).doesNotContain("data-module", "importmap", "/partnerships\"");
	}

	private String as(WebTestClientConfigurer person, String path) {
		return text(this.anyone.mutateWith(person).get().uri(path), 200);
	}

	private String get(String path, int status) {
		return text(this.client.get().uri(URI.create(path.replace("<", "%3C").replace(">", "%3E"))), status);
	}

	private static String text(WebTestClient.RequestHeadersSpec<?> request, int status) {
		String body = request.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return String.valueOf(body);
	}

	private static long count(String html, String pattern) {
		return Pattern.compile(pattern).matcher(html).results().count();
	}

}

package dev.pergola.shell.catalog;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.shell.Catalogs;
import dev.pergola.shell.InMemoryCatalogSource;
import dev.pergola.shell.People;
import dev.pergola.shell.ShellTest;
import dev.pergola.shell.assets.Asset;
import dev.pergola.shell.assets.Assets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ShellTest
class CatalogTests {

	private final InMemoryCatalogSource catalog;

	private final Assets assets;

	private final WebTestClient anyone;

	private final WebTestClient client;

	CatalogTests(@Autowired ApplicationContext context, @Autowired InMemoryCatalogSource catalog,
			@Autowired Assets assets) {
		this.catalog = catalog;
		this.assets = assets;
		this.anyone = WebTestClient.bindToApplicationContext(context)
			.apply(SecurityMockServerConfigurers.springSecurity())
			.configureClient()
			.build();
		this.client = this.anyone.mutateWith(People.business());
	}

	@BeforeEach
	void usualCatalog() {
		this.catalog.set(Catalogs.usual());
	}

	@Test
	@Tag("registry-15")
	void catalogHoldsWhatThePersonMayOpen() {
		JsonNode ada = json(this.client, "/catalog");
		assertThat(ada.get("subject").asString()).isEqualTo("ada");
		assertThat(ada.get("revision").asLong()).isEqualTo(this.catalog.current().revision());
		assertThat(names(ada, "pages", "path")).containsExactly("/partnerships", "/partnerships/{id}", "/organizations",
				"/organizations/{id}", "/reports");
		assertThat(names(ada, "agents", "id")).containsExactly("co-sell");
		assertThat(names(ada, "slots", "element")).containsExactly("partnerships-card");
		JsonNode partnerships = ada.get("modules").get(0);
		assertThat(partnerships.at("/entry/url").asString()).isEqualTo("/modules/partnerships/1.0.0/partnerships.js");
		assertThat(partnerships.at("/entry/format").asString()).isEqualTo("esm");
		assertThat(partnerships.get("integrity").get("/modules/partnerships/1.0.0/partnerships.css").asString())
			.startsWith("sha384-");
		assertThat(partnerships.at("/events/subscribes/0").asString()).isEqualTo("deal.won.v1");
		assertThat(ada.at("/navigation/1/group").asString()).isEqualTo("Ecosystem");
		assertThat(ada.at("/navigation/1/items/1/href").asString()).isEqualTo("/partnerships");
		assertThat(names(json(this.anyone.mutateWith(People.admin()), "/catalog"), "agents", "id")).isEmpty();
	}

	@Test
	void switchedOffModuleStaysWithItsReason() {
		this.catalog.set(Catalogs.of(Catalogs.off(Catalogs.partnerships("1.0.0"), "Data repair")));
		JsonNode catalog = json(this.client, "/catalog");
		assertThat(catalog.at("/modules/0/enabled").asBoolean()).isFalse();
		assertThat(catalog.at("/modules/0/reason").asString()).isEqualTo("Data repair");
		assertThat(catalog.get("slots")).isEmpty();
		assertThat(json(this.client, "/importmap.json").get("imports").has("@pergola/module/partnerships")).isFalse();
	}

	@Test
	@Tag("registry-13")
	void whoseVersionIsSwitchedOffGetsToSeeWhy() {
		CatalogModule on = Catalogs.on(Catalogs.partnerships("1.0.0"));
		this.catalog.set(Catalogs.of(new CatalogModule(on.module(), on.team(), true, null, null, on.rollout(),
				on.overrides(), on.channels(), on.versions(), Map.of("1.0.0", "loses orders"))));
		JsonNode catalog = json(this.client, "/catalog");
		assertThat(catalog.at("/modules/0/enabled").asBoolean()).isFalse();
		assertThat(catalog.at("/modules/0/reason").asString()).isEqualTo("loses orders");
		assertThat(catalog.at("/modules/0/off/1.0.0").asString()).isEqualTo("loses orders");
		assertThat(catalog.get("slots")).isEmpty();
	}

	@Test
	void unchangedCatalogIsNotSentAgain() {
		HttpHeaders first = this.client.get()
			.uri("/catalog")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseHeaders();
		String tag = String.valueOf(first.getETag());
		assertThat(first.getCacheControl()).contains("no-cache", "private");
		this.client.get().uri("/catalog").header("If-None-Match", tag).exchange().expectStatus().isNotModified();
		this.anyone.mutateWith(People.admin())
			.get()
			.uri("/catalog")
			.header("If-None-Match", tag)
			.exchange()
			.expectStatus()
			.isOk();
		this.catalog.set(Catalogs.usual());
		this.client.get().uri("/catalog").header("If-None-Match", tag).exchange().expectStatus().isOk();
	}

	@Test
	void nobodyIsToldToSignIn() {
		for (String path : List.of("/catalog", "/importmap.json")) {
			this.anyone.get()
				.uri(path)
				.exchange()
				.expectStatus()
				.isUnauthorized()
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("/problems/sign-in-required");
		}
	}

	@Test
	@Tag("registry-4")
	void importMapHasTheHashOfEveryScriptItLeadsTo() {
		JsonNode map = json(this.client, "/importmap.json");
		Map<String, String> own = new HashMap<>();
		this.assets.all().forEach((asset) -> own.put(this.assets.url(asset.path()), asset.integrity()));
		assertThat(map.get("imports").propertyNames()).contains("lit", "@pergola/client", "@pergola/shell",
				"@pergola/module/partnerships");
		map.get("imports").properties().forEach((entry) -> {
			String url = entry.getValue().asString();
			assertThat(url).startsWith("/").doesNotStartWith("//");
			assertThat(map.get("integrity").has(url)).as(url).isTrue();
		});
		this.assets.all().stream().map(Asset::path).filter((path) -> path.endsWith(".js")).forEach((path) -> {
			String url = this.assets.url(path);
			assertThat(map.get("integrity").get(url).asString()).as(path).isEqualTo(own.get(url));
		});
		assertThat(map.get("integrity").get("/modules/partnerships/1.0.0/partnerships.js").asString())
			.isEqualTo(Catalogs.partnerships("1.0.0").files().get("partnerships.js"));
	}

	@Test
	@Tag("registry-23")
	void pageCarriesTheSameMapUnderAFreshNonce() {
		EntityExchangeResult<String> first = page();
		EntityExchangeResult<String> second = page();
		String nonce = nonceOf(first);
		assertThat(nonce).hasSize(24).isNotEqualTo(nonceOf(second));
		String html = String.valueOf(first.getResponseBody());
		Matcher map = Pattern.compile("<script type=\"importmap\" nonce=\"([^\"]+)\">(.*?)</script>", Pattern.DOTALL)
			.matcher(html);
		assertThat(map.find()).isTrue();
		assertThat(map.group(1)).isEqualTo(nonce);
		assertThat(Catalogs.JSON.readTree(map.group(2))).isEqualTo(json(this.client, "/importmap.json"));
		assertThat(map.find()).as("a second map").isFalse();
		assertThat(html.indexOf("importmap")).isLessThan(html.indexOf("modulepreload"));
		Matcher scripts = Pattern.compile("<script(?![^>]*application/json)[^>]*>").matcher(html);
		scripts.results().forEach((script) -> assertThat(script.group()).contains("nonce=\"" + nonce + "\""));
		assertThat(html).doesNotContainPattern("<[^>]+\\son[a-z]+=").doesNotContainPattern("<[^>]+\\sstyle=");
	}

	@Test
	void policyLetsNothingElseRun() {
		String policy = String.valueOf(page().getResponseHeaders().getFirst("Content-Security-Policy"));
		assertThat(policy).contains("'strict-dynamic'", "object-src 'none'", "base-uri 'none'",
				"frame-ancestors 'none'", "require-trusted-types-for 'script'", "connect-src 'self'",
				"default-src 'self'");
		assertThat(policy).doesNotContain("unsafe", "http:", "https:", "*");
		HttpHeaders headers = page().getResponseHeaders();
		assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(headers.getFirst("Referrer-Policy")).isEqualTo("same-origin");
		assertThat(headers.getCacheControl()).isEqualTo("no-store");
	}

	@Test
	void pageStateIsWhatTheRuntimeReads() {
		this.catalog
			.set(Catalogs.of(Catalogs.off(Catalogs.partnerships("1.0.0"), "</script><script>alert(1)</script>")));
		String html = String.valueOf(page().getResponseBody());
		Matcher state = Pattern
			.compile("<script type=\"application/json\" id=\"pergola-page-state\">(.*?)</script>", Pattern.DOTALL)
			.matcher(html);
		assertThat(state.find()).isTrue();
		JsonNode json = Catalogs.JSON.readTree(state.group(1));
		assertThat(json.at("/session/name").asString()).isEqualTo("Ada");
		assertThat(json.at("/catalog/modules/0/reason").asString()).isEqualTo("</script><script>alert(1)</script>");
		assertThat(json.toString()).doesNotContain("token");
	}

	@Test
	void assetsAreImmutableCompressedAndTheOnesOfTheMap() {
		Asset lit = this.assets.find("lib/lit.js").orElseThrow();
		byte[] plain = this.anyone.get()
			.uri(this.assets.url("lib/lit.js"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueMatches("Cache-Control", ".*max-age=31536000.*immutable.*")
			.expectHeader()
			.valueEquals("Content-Type", "text/javascript;charset=UTF-8")
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		assertThat(plain).isEqualTo(lit.bytes());
		assertThat("sha384-" + Base64.getEncoder().encodeToString(sha384(lit.bytes()))).isEqualTo(lit.integrity());
		this.anyone.get()
			.uri(this.assets.url("lib/lit.js"))
			.header("Accept-Encoding", "gzip")
			.exchange()
			.expectHeader()
			.valueEquals("Content-Encoding", "gzip");
		this.anyone.get()
			.uri("/assets/000000000000/lib/lit.js")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Cache-Control", "no-cache");
		for (String path : List.of("/assets/x/../application.yml", "/assets/x/none.js", "/assets/lib/lit.js",
				"/assets/x/%2e%2e/%2e%2e/META-INF/MANIFEST.MF")) {
			this.anyone.get().uri(URI.create(path)).exchange().expectStatus().is4xxClientError();
		}
		this.anyone.get().uri("/favicon.ico").exchange().expectStatus().isOk();
	}

	private static byte[] sha384(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-384").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private EntityExchangeResult<String> page() {
		return this.client.get()
			.uri("/partnerships")
			.header("Accept", "text/html")
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	private static String nonceOf(EntityExchangeResult<String> page) {
		Matcher nonce = Pattern.compile("script-src 'nonce-([^']+)'")
			.matcher(String.valueOf(page.getResponseHeaders().getFirst("Content-Security-Policy")));
		assertThat(nonce.find()).isTrue();
		return nonce.group(1);
	}

	private static JsonNode json(WebTestClient client, String path) {
		String text = client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return Catalogs.JSON.readTree(String.valueOf(text));
	}

	private static List<String> names(JsonNode catalog, String list, String name) {
		return catalog.get(list).valueStream().map((each) -> each.get(name).asString()).toList();
	}

}

package dev.pergola.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** The forms that tools of other hosts read and write. */
@Tag("registry-30")
abstract class ExchangeContract extends RegistryContract {

	private static final String IMPORT_MAP = "/exchange/import-map/import-map.json";

	@Test
	void pointsANameAtAPublishedVersionAsImportMapDeployerDoes() {
		String module = published("deployed", "1.0.0", "1.1.0");
		administrator().stable(module, "1.0.0");
		patch(basic("ci", teamSecret()), "/services",
				"""
						{ "service": "@pergola/module/%1$s", "url": "https://cdn.example.com/modules/%1$s/1.1.0/%1$s.js" }"""
					.formatted(module))
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.imports['@pergola/module/%s']".formatted(module))
			.isEqualTo("/modules/%1$s/1.1.0/%1$s.js".formatted(module))
			.jsonPath("$.integrity['/modules/%1$s/1.1.0/%1$s.js']".formatted(module))
			.value(String.class, (hash) -> assertThat(hash).startsWith("sha384-"));
		assertThat(version(module)).isEqualTo("1.1.0");
		administrator().get("/audit?module={module}&limit=1", module)
			.expectBody()
			.jsonPath("$.entries[0].action")
			.isEqualTo("channel.change");
	}

	@Test
	void takesAnotherEnvironmentForAnotherChannel() {
		String module = published("staged", "1.0.0", "1.1.0");
		administrator().stable(module, "1.0.0");
		patch(basic("ci", teamSecret()), "/services?env=canary", """
				{ "service": "%1$s", "url": "/modules/%1$s/1.1.0/%1$s.js" }""".formatted(module)).expectStatus().isOk();
		assertThat(version(module)).isEqualTo("1.0.0");
		administrator().get(IMPORT_MAP + "?env=canary")
			.expectBody()
			.jsonPath("$.imports['@pergola/module/%s']".formatted(module))
			.isEqualTo("/modules/%1$s/1.1.0/%1$s.js".formatted(module));
		administrator().get("/exchange/import-map/environments")
			.expectBody()
			.jsonPath("$.environments[0].name")
			.isEqualTo("stable")
			.jsonPath("$.environments[?(@.name == 'canary')]")
			.isNotEmpty();
	}

	@Test
	void changesNothingWhenOneOfSeveralNamesCannotBePointedThere() {
		String module = published("several", "1.0.0", "1.1.0");
		administrator().stable(module, "1.0.0");
		patch(basic("ci", teamSecret()), "/import-map.json",
				"""
						{ "imports": { "%1$s": "/modules/%1$s/1.1.0/%1$s.js", "@org/foreign": "https://cdn.example.com/a.js",
						  "other": "/modules/%1$s/1.1.0/%1$s.js", "gone": "/modules/gone/1.0.0/gone.js" } }"""
					.formatted(module))
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[?(@.pointer == '/imports/@org~1foreign')]")
			.isNotEmpty()
			.jsonPath("$.findings[?(@.pointer == '/imports/other')]")
			.isNotEmpty()
			.jsonPath("$.findings[?(@.pointer == '/imports/gone')]")
			.isNotEmpty();
		assertThat(version(module)).isEqualTo("1.0.0");
	}

	@Test
	void switchesAModuleOffThatIsTakenOutOfTheImportMap() {
		String module = published("removed", "1.0.0");
		administrator().stable(module, "1.0.0");
		http(basic("ci", teamSecret())).delete()
			.uri("/exchange/import-map/services/@pergola/module/" + module)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.imports['@pergola/module/%s']".formatted(module))
			.doesNotExist();
		administrator().get("/modules/" + module).expectBody().jsonPath("$.enabled").isEqualTo(false);
	}

	@Test
	void refusesAnotherTeamsTokenAndBasicElsewhere() {
		String module = published("guarded", "1.0.0");
		String foreign = (String) administrator().issueToken("others", "{}").get("token");
		patch(basic("ci", foreign), "/services", """
				{ "service": "%1$s", "url": "/modules/%1$s/1.0.0/%1$s.js" }""".formatted(module)).expectStatus()
			.isForbidden();
		patch(basic("ci", "pgt_wrong"), "/services", "{}").expectStatus().isUnauthorized();
		http(basic("ci", teamSecret())).get().uri("/modules").exchange().expectStatus().isUnauthorized();
	}

	@Test
	void listsTheVersionsThatAreLiveWithTheirSharesAsFrontendDiscoveryDoes() {
		String module = published("discovered", "1.0.0", "1.1.0");
		administrator().put("/modules/{module}/channels/stable", """
				{ "rollout": [ { "version": "1.1.0", "share": 10 }, { "version": "1.0.0", "share": 90 } ] }""", module);
		administrator().get("/exchange/frontend-discovery.json")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.microFrontends['%s'].length()".formatted(module))
			.isEqualTo(2)
			.jsonPath("$.microFrontends['%s'][?(@.metadata.version == '1.1.0')].deployment.traffic".formatted(module))
			.isEqualTo(10)
			.jsonPath("$.microFrontends['%s'][?(@.metadata.version == '1.0.0')].deployment.default".formatted(module))
			.isEqualTo(true);
	}

	@Test
	void listsForAPersonThePiletsTheyMayOpen() {
		String open = pilet("pilet", "");
		String closed = pilet("closed", "\"vault:open\"");
		String plain = published("no-pilet", "1.0.0");
		administrator().stable(plain, "1.0.0");
		developer("partners").get("/exchange/pilets")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items[?(@.name == '%s')].spec".formatted(open))
			.isEqualTo("v2")
			.jsonPath("$.items[?(@.name == '%s')].requireRef".formatted(open))
			.isEqualTo("esbuildpr_" + open.replace('-', '_'))
			.jsonPath("$.items[?(@.name == '%s')].link".formatted(open))
			.isEqualTo("/modules/%1$s/1.0.0/%1$s.js".formatted(open))
			.jsonPath("$.items[?(@.name == '%s')]".formatted(closed))
			.isEmpty()
			.jsonPath("$.items[?(@.name == '%s')]".formatted(plain))
			.isEmpty();
	}

	@Test
	void takesThePackageThatPiralsCommandLinePublishes() {
		String module = name("sent");
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("file", Bundles.of(module, "1.0.0", "partners"), MediaType.APPLICATION_OCTET_STREAM)
			.filename("pilet.tgz");
		// The stock client sends the key as it is, not as user and password.
		http("Basic " + teamSecret()).post()
			.uri("/exchange/pilets")
			.contentType(MediaType.MULTIPART_FORM_DATA)
			.bodyValue(form.build())
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.module")
			.isEqualTo(module);
		administrator().get("/audit?module={module}&limit=1", module)
			.expectBody()
			.jsonPath("$.entries[0].action")
			.isEqualTo("version.publish");
	}

	@Test
	void saysWhatAPackageWithoutAManifestLacks() {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("file", Bundles.npm(Map.of("package.json", "{}".getBytes(StandardCharsets.UTF_8))))
			.filename("pilet.tgz");
		http("Basic " + teamSecret()).post()
			.uri("/exchange/pilets")
			.contentType(MediaType.MULTIPART_FORM_DATA)
			.bodyValue(form.build())
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[0].message")
			.value(String.class, (message) -> assertThat(message).contains("manifest.json"));
	}

	private String pilet(String prefix, String requires) {
		String module = name(prefix);
		String manifest = Bundles.manifest(module, "1.0.0", "partners")
			.replace("-list\" }", "-list\", \"requires\": [ %s ] }".formatted(requires));
		String script = "//@pilet v:2(esbuildpr_%s,{})\nSystem.register([], () => ({}));"
			.formatted(module.replace('-', '_'));
		administrator().publish(module, "1.0.0", Bundles.npm(Bundles.files(manifest, module + ".js", script)))
			.expectStatus()
			.isCreated();
		administrator().stable(module, "1.0.0").expectStatus().isOk();
		return module;
	}

	private String published(String prefix, String... versions) {
		String module = name(prefix);
		for (String version : versions) {
			administrator().publish(module, version, Bundles.of(module, version, "partners"))
				.expectStatus()
				.isCreated();
		}
		return module;
	}

	private String version(String module) {
		StringBuilder version = new StringBuilder();
		administrator().get("/modules/{module}/resolution?subject=ann", module)
			.expectBody()
			.jsonPath("$[0].version")
			.value(String.class, version::append);
		return version.toString();
	}

	private String teamSecret() {
		return (String) administrator().issueToken("partners", "{}").get("token");
	}

	private static String basic(String name, String password) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	private WebTestClient http(String authorization) {
		return RegistryClient.http(this.port, authorization);
	}

	private ResponseSpec patch(String authorization, String path, String json) {
		return http(authorization).patch()
			.uri("/exchange/import-map" + path)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(json)
			.exchange();
	}

}

package dev.pergola.registry;

import java.util.List;
import java.util.Map;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the gate finds between modules, and between a module and its portal.
 */
public abstract class GateContract extends RegistryContract {

	@Test
	@Tag("registry-5")
	void refusesAModuleForAnotherPortal() {
		String module = name("gate");
		assertThat(findings(publish(module, "\"host\": \">=7\"")))
			.containsExactly(Map.entry("/host", "host: takes >=7, this portal is 1.0.0"));
		publish(module, "\"host\": \">=1.0 <2\"").expectStatus().isCreated();
	}

	@Test
	@Tag("registry-5")
	void refusesARangeThatThePortalDoesNotOffer() {
		String module = name("gate");
		assertThat(findings(publish(module, "\"shared\": { \"lit\": \"^2\", \"@pergola/client\": \"^9\" }")))
			.extracting(Map.Entry::getKey)
			.containsExactly("/shared/lit", "/shared/@pergola~1client");
		publish(module, "\"shared\": { \"lit\": \"^3.3\", \"@pergola/client\": \"^1\" }").expectStatus().isCreated();
	}

	@Test
	@Tag("bff-21")
	void refusesAViewThatCannotWork() {
		String parts = """
				"a": { "module": "people", "get": "/a/{b.id}" }, "b": { "module": "people", "get": "/b/{a.id}" },
				"c": { "module": "people", "get": "/c/{nobody.id}" }, "d": { "module": "people", "get": "/d/{name}" },
				"e": { "module": "people", "get": "/../deals/{id}" }""";
		String views = "\"views\": [ { \"path\": \"/v/{id}\", \"parts\": { %s } } ]";
		assertThat(findings(publish(name("gate"), views.formatted(parts)))).extracting(Map.Entry::getKey)
			.containsExactly("/views/0/parts", "/views/0/parts/c/get", "/views/0/parts/d/get", "/views/0/parts/e/get");
		String part = "\"a\": { \"module\": \"people\", \"get\": \"/a/{id}\" }";
		publish(name("gate"), views.formatted(part)).expectStatus().isCreated();
	}

	@Test
	@Tag("registry-6")
	void refusesRangesThatNoVersionFits() {
		String first = name("gate");
		String library = "charts-of-" + first;
		live(first, "\"shared\": { \"%s\": \"^4\" }".formatted(library));
		assertThat(findings(publish(name("gate"), "\"shared\": { \"%s\": \"^5\" }".formatted(library))))
			.extracting(Map.Entry::getKey)
			.containsExactly("/shared/" + library);
		publish(name("gate"), "\"shared\": { \"%s\": \">=4.2\" }".formatted(library)).expectStatus().isCreated();
	}

	@Test
	@Tag("registry-6")
	void refusesAPlaceOfASlotThatIsTaken() {
		String first = name("gate");
		String slot = first + ".cards";
		live(first, slot(slot, first, 10));
		String second = name("gate");
		assertThat(findings(publish(second, slot(slot, second, 10)))).containsExactly(Map.entry("/slots/0/order",
				"slots[0].order: place 10 of slot %s is taken by module %s".formatted(slot, first)));
		publish(second, slot(slot, second, 11)).expectStatus().isCreated();
	}

	@Test
	@Tag("registry-6")
	void findsAPlaceTakenInBetweenWhenAVersionGoesLive() {
		String first = name("gate");
		String second = name("gate");
		String slot = first + ".cards";
		publish(first, slot(slot, first, 10)).expectStatus().isCreated();
		publish(second, slot(slot, second, 10)).expectStatus().isCreated();
		administrator().stable(first, "1.0.0").expectStatus().isOk();
		administrator().stable(second, "1.0.0").expectStatus().isEqualTo(422);
	}

	@Test
	@Tag("registry-5")
	void refusesLicencesThatAreNotOnTheList() {
		String module = name("gate");
		Map<String, byte[]> files = Bundles.files(Bundles.manifest(module, "1.0.0", "partners"), module + ".js",
				"export {};", "package.json", "{ \"license\": \"MIT\" }", "vendor/package.json",
				"{ \"license\": \"(GPL-3.0-only OR AGPL-3.0-only)\" }");
		assertThat(findings(administrator().publish(module, "1.0.0", Bundles.npm(files)))).extracting(Map.Entry::getKey)
			.containsExactly("/files/vendor~1package.json");
	}

	@Test
	@Tag("registry-5")
	void pointsAtLineAndColumn() {
		String manifest = """
				{ "schema": 1, "module": "%1$s", "version": "1.0.0", "team": { "name": "partners" },
				  "host": "^7", "colour": "red",
				  "entry": { "format": "esm", "file": "gone.js" } }
				""".formatted(name("gate"));
		List<Map<String, Object>> findings = raw(publishRaw(manifest.replace("\"colour\": \"red\",", "")));
		assertThat(findings).extracting((finding) -> finding.get("pointer") + ":" + finding.get("line"))
			.containsExactlyInAnyOrder("/host:2", "/entry/file:3", "/module:1");
		assertThat(raw(publishRaw(manifest))).anySatisfy(
				(finding) -> assertThat(finding).containsEntry("message", "the manifest: unknown field \"colour\"")
					.containsEntry("line", 2));
	}

	@Test
	@Tag("registry-5")
	void refusesAServiceThatTakesFromALiveVersion() {
		String module = name("gate");
		service(module, "1.0.0", "deals").expectStatus().isCreated();
		service(module, "1.1.0", "bargains").expectStatus().isCreated();
		administrator().stable(module, "1.0.0").expectStatus().isOk();
		assertThat(findings(service(module, "1.2.0", "bargains"))).containsExactly(
				Map.entry("/upstream/openapi", "upstream.openapi: GET /deals: is gone (version 1.0.0 is live)"));
		service(module, "1.3.0", "deals").expectStatus().isCreated();
		assertThat(findings(service(module, "1.4.0", "\", \"a\": \""))).extracting(Map.Entry::getKey)
			.containsExactly("/upstream/openapi");
	}

	@Test
	@Tag("registry-5")
	void refusesAVersionWithoutTheServiceThatALiveOneCalls() {
		String module = name("gate");
		service(module, "1.0.0", "deals").expectStatus().isCreated();
		String without = Bundles.manifest(module, "1.1.0", "partners");
		administrator().publish(module, "1.1.0", Bundles.of(module, "1.1.0", "partners")).expectStatus().isCreated();
		administrator().stable(module, "1.0.0").expectStatus().isOk();
		assertThat(findings(publishAs(module, "1.2.0", without.replace("1.1.0", "1.2.0"))))
			.containsExactly(Map.entry("/upstream", "upstream: is gone (version 1.0.0 is live)"));
		String undescribed = without.replace("1.1.0", "1.2.0")
			.replaceFirst("\"entry\"",
					"\"upstream\": { \"url\": \"http://%s.internal\" }, \"entry\"".formatted(module));
		assertThat(findings(publishAs(module, "1.2.0", undescribed)))
			.containsExactly(Map.entry("/upstream/openapi", "upstream.openapi: is gone (version 1.0.0 is live)"));
		administrator().stable(module, "1.1.0").expectStatus().isOk();
		publishAs(module, "1.2.0", undescribed).expectStatus().isCreated();
	}

	private ResponseSpec publishAs(String module, String version, String manifest) {
		return administrator().publish(module, version,
				Bundles.npm(Bundles.files(manifest, module + ".js", "export {};")));
	}

	private ResponseSpec service(String module, String version, String path) {
		String manifest = Bundles.manifest(module, version, "partners")
			.replaceFirst("\"entry\"",
					"\"upstream\": { \"url\": \"http://%s.internal\", \"openapi\": \"api.json\" }, \"entry\""
						.formatted(module));
		String api = "{ \"openapi\": \"3.0.3\", \"paths\": { \"/%s\": { \"get\": { \"responses\": {} } } } }"
			.formatted(path);
		return administrator().publish(module, version,
				Bundles.npm(Bundles.files(manifest, module + ".js", "export {};", "api.json", api)));
	}

	private ResponseSpec publishRaw(String manifest) {
		return administrator().publish(name("other"), "1.0.0", Bundles.npm(Bundles.files(manifest)));
	}

	private void live(String module, String members) {
		publish(module, members).expectStatus().isCreated();
		administrator().stable(module, "1.0.0").expectStatus().isOk();
	}

	private static String slot(String slot, String module, int order) {
		return "\"slots\": [ { \"slot\": \"%s\", \"element\": \"%s-card\", \"order\": %d } ]".formatted(slot, module,
				order);
	}

	private ResponseSpec publish(String module, String members) {
		RegistryClient client = administrator();
		String manifest = Bundles.manifest(module, "1.0.0", "partners")
			.replaceFirst("\"entry\"", members + ", \"entry\"");
		return client.publish(module, "1.0.0", Bundles.npm(Bundles.files(manifest, module + ".js", "export {};")));
	}

	private static List<Map.Entry<String, String>> findings(ResponseSpec answer) {
		return raw(answer).stream()
			.map((finding) -> Map.entry((String) finding.get("pointer"), (String) finding.get("message")))
			.toList();
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> raw(ResponseSpec answer) {
		Map<String, Object> problem = answer.expectStatus()
			.isEqualTo(422)
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
		return (List<Map<String, Object>>) problem.get("findings");
	}

}

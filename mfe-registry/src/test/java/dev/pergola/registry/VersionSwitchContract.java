package dev.pergola.registry;

import java.util.List;
import java.util.Map;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What switching off a single version does, on every database.
 */
@Tag("registry-13")
public abstract class VersionSwitchContract extends RegistryContract {

	private static final String OFF = "{\"enabled\": false, \"reason\": \"loses orders\"}";

	private static final String ON = "{\"enabled\": true}";

	@Test
	void whoHadItGetsTheOtherShare() {
		String module = rolledOut();
		change(developer("partners"), module, "1.1.0", OFF).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.enabled")
			.isEqualTo(false)
			.jsonPath("$.reason")
			.isEqualTo("loses orders");
		assertThat(given(module)).containsOnly("1.0.0");
		service().get("/catalog")
			.expectBody()
			.jsonPath("$.modules[?(@.module == '" + module + "')].off['1.1.0']")
			.isEqualTo("loses orders");
		administrator().get("/modules/{module}", module)
			.expectBody()
			.jsonPath("$.off['1.1.0']")
			.isEqualTo("loses orders");
		change(developer("partners"), module, "1.1.0", ON).expectStatus().isOk();
		assertThat(given(module)).contains("1.0.0", "1.1.0");
	}

	@Test
	void whereAllAreOffNobodyGetsOne() {
		String module = rolledOut();
		change(administrator(), module, "1.1.0", OFF).expectStatus().isOk();
		change(administrator(), module, "1.0.0", OFF).expectStatus().isOk();
		assertThat(given(module)).containsOnlyNulls();
	}

	@Test
	@Tag("registry-18")
	void isAWriteLikeAnyOther() {
		String module = rolledOut();
		long before = service().revision();
		change(developer("others"), module, "1.1.0", OFF).expectStatus().isForbidden();
		change(administrator(), module, "9.9.9", OFF).expectStatus().isNotFound();
		change(administrator(), module, "1.1.0", "{\"enabled\": false}").expectStatus().isEqualTo(422);
		administrator().http()
			.put()
			.uri("/modules/{module}/versions/1.1.0/state", module)
			.headers((headers) -> headers.setIfMatch("\"1\""))
			.bodyValue(OFF)
			.exchange()
			.expectStatus()
			.isEqualTo(412);
		change(administrator(), module, "1.1.0", ON).expectStatus().isOk();
		assertThat(service().revision()).isEqualTo(before);
		change(administrator(), module, "1.1.0", OFF).expectStatus().isOk();
		assertThat(service().revision()).isEqualTo(before + 1);
		change(developer("partners"), module, "1.1.0", ON).expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/switched-off");
		administrator().get("/audit?module={module}", module)
			.expectBody()
			.jsonPath("$.entries[0].action")
			.isEqualTo("version.disable")
			.jsonPath("$.entries[0].subject")
			.isEqualTo(module + "/1.1.0")
			.jsonPath("$.entries[0].before.enabled")
			.isEqualTo(true);
	}

	private String rolledOut() {
		String module = name("switched");
		for (String version : List.of("1.0.0", "1.1.0")) {
			administrator().publish(module, version, Bundles.of(module, version, "partners"))
				.expectStatus()
				.isCreated();
		}
		administrator().put("/modules/{module}/channels/stable", """
				{ "rollout": [ { "version": "1.1.0", "share": 60 }, { "version": "1.0.0", "share": 40 } ] }""", module)
			.expectStatus()
			.isOk();
		return module;
	}

	private static ResponseSpec change(RegistryClient caller, String module, String version, String state) {
		return caller.put("/modules/{module}/versions/{version}/state", state, module, version);
	}

	private List<String> given(String module) {
		StringBuilder query = new StringBuilder("?subject=p0");
		for (int person = 1; person < 40; person++) {
			query.append("&subject=p").append(person);
		}
		return administrator().get("/modules/{module}/resolution" + query, module)
			.expectBody(new ParameterizedTypeReference<List<Map<String, Object>>>() {
			})
			.returnResult()
			.getResponseBody()
			.stream()
			.map((answer) -> (String) answer.get("version"))
			.toList();
	}

}

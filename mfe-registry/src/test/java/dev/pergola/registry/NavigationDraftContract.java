package dev.pergola.registry;

import dev.pergola.registry.testing.Bundles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What drafts of the navigation do, on every database.
 */
@Tag("registry-18")
public abstract class NavigationDraftContract extends RegistryContract {

	private static final String DRAFT = "/navigation/draft";

	private String module;

	@BeforeEach
	void begin() {
		send(HttpMethod.DELETE, DRAFT, null, null);
		this.module = name("menu");
		administrator().publish(this.module, "1.0.0", Bundles.of(this.module, "1.0.0", "menus"))
			.expectStatus()
			.isCreated();
		administrator().stable(this.module, "1.0.0").expectStatus().isOk();
		send(HttpMethod.PUT, "/navigation", tag("/navigation"), overlay("20", "")).expectStatus().isOk();
	}

	@Test
	@Tag("AD-4")
	void nothingCountsUntilItIsPublished() {
		JsonNode live = json("/navigation");
		save(overlay("30", "")).expectStatus().isOk();
		assertThat(json("/navigation")).isEqualTo(live);
		assertThat(json(DRAFT).path("navigation").at("/items/0/order").asInt()).isEqualTo(30);
		JsonNode diff = json(DRAFT + "/diff");
		assertThat(diff.at("/changes/0/path").asString()).isEqualTo("/items/%1$s~1%1$s/order".formatted(this.module));
		assertThat(diff.at("/changes/0/before").asInt()).isEqualTo(20);
		assertThat(diff.at("/affected/everyone").asBoolean()).isTrue();
		publish(tag("/navigation"), "").expectStatus().isOk();
		assertThat(json("/navigation").at("/items/0/order").asInt()).isEqualTo(30);
		assertThat(json(DRAFT).path("begun").asBoolean()).isFalse();
		assertThat(service().get("/catalog").expectBody(String.class).returnResult().getResponseBody())
			.contains("\"order\":30");
	}

	@Test
	void aDraftIsChangedOnlyAsTheCallerSawIt() {
		String seen = tag(DRAFT);
		send(HttpMethod.PUT, DRAFT, null, overlay("30", "")).expectStatus().isEqualTo(428);
		send(HttpMethod.PUT, DRAFT, seen, overlay("30", "")).expectStatus().isOk();
		send(HttpMethod.PUT, DRAFT, seen, overlay("40", "")).expectStatus()
			.isEqualTo(412)
			.expectBody()
			.jsonPath("$.current.items[0].order")
			.isEqualTo(30);
		assertThat(json(DRAFT).at("/navigation/items/0/order").asInt()).isEqualTo(30);
	}

	@Test
	void aDraftNotBegunYetIsStaleOnceSomethingElseIsLive() {
		String seen = tag(DRAFT);
		send(HttpMethod.PUT, "/navigation", tag("/navigation"), overlay("25", "")).expectStatus().isOk();
		send(HttpMethod.PUT, DRAFT, seen, overlay("30", "")).expectStatus().isEqualTo(412);
	}

	@Test
	@Tag("AD-7")
	void fiftyStepsAreUndoneAndDoneAgain() {
		for (int i = 1; i <= 50; i++) {
			save(overlay(Integer.toString(100 + i), "")).expectStatus().isOk();
		}
		for (int i = 49; i >= 1; i--) {
			assertThat(order(send(HttpMethod.POST, DRAFT + "/undo", tag(DRAFT), null))).isEqualTo(100 + i);
		}
		assertThat(order(send(HttpMethod.POST, DRAFT + "/undo", tag(DRAFT), null))).isEqualTo(20);
		send(HttpMethod.POST, DRAFT + "/undo", tag(DRAFT), null).expectStatus().isEqualTo(422);
		assertThat(order(send(HttpMethod.POST, DRAFT + "/redo", tag(DRAFT), null))).isEqualTo(101);
		assertThat(json(DRAFT).path("redo").asInt()).isEqualTo(49);
		save(overlay("7", "")).expectStatus().isOk();
		assertThat(json(DRAFT).path("redo").asInt()).isZero();
	}

	@Test
	@Tag("AD-8")
	void changesOfTwoPeopleThatDoNotTouchAreMerged() {
		String seen = tag("/navigation");
		save(overlay("20", ", \"hidden\": true")).expectStatus().isOk();
		send(HttpMethod.PUT, "/navigation", seen, overlay("60", "")).expectStatus().isOk();
		publish(seen, "").expectStatus()
			.isEqualTo(412)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/stale")
			.jsonPath("$.base.items[0].order")
			.isEqualTo(20)
			.jsonPath("$.theirs.items[0].order")
			.isEqualTo(60)
			.jsonPath("$.merged.items[0].order")
			.isEqualTo(60)
			.jsonPath("$.merged.items[0].hidden")
			.isEqualTo(true)
			.jsonPath("$.conflicts")
			.isEmpty();
		assertThat(json("/navigation").at("/items/0/hidden").asBoolean()).isFalse();
		send(HttpMethod.POST, DRAFT + "/merge", tag(DRAFT), "{}").expectStatus().isOk();
		publish(tag("/navigation"), "").expectStatus().isOk();
		assertThat(json("/navigation").at("/items/0/order").asInt()).isEqualTo(60);
		assertThat(json("/navigation").at("/items/0/hidden").asBoolean()).isTrue();
	}

	@Test
	@Tag("AD-8")
	void aFieldBothChangedIsChosen() {
		save(overlay("30", "")).expectStatus().isOk();
		send(HttpMethod.PUT, "/navigation", tag("/navigation"), overlay("40", "")).expectStatus().isOk();
		publish(tag("/navigation"), "").expectStatus()
			.isEqualTo(412)
			.expectBody()
			.jsonPath("$.conflicts[0].pointer")
			.isEqualTo("/items/0/order")
			.jsonPath("$.conflicts[0].base")
			.isEqualTo(20)
			.jsonPath("$.conflicts[0].theirs")
			.isEqualTo(40)
			.jsonPath("$.conflicts[0].yours")
			.isEqualTo(30);
		String path = json(DRAFT + "/merge").at("/conflicts/0/path").asString();
		send(HttpMethod.POST, DRAFT + "/merge", tag(DRAFT), "{}").expectStatus().isEqualTo(422);
		assertThat(order(send(HttpMethod.POST, DRAFT + "/merge", tag(DRAFT),
				"{\"choices\":{\"%s\":\"theirs\"}}".formatted(path))))
			.isEqualTo(40);
	}

	@Test
	void publishingNamesTheDraftThatWasLookedAt() {
		save(overlay("30", "")).expectStatus().isOk();
		String looked = tag(DRAFT).replace("\"", "");
		save(overlay("31", "")).expectStatus().isOk();
		publish(tag("/navigation"), "?draft=" + looked).expectStatus().isEqualTo(412);
		publish(null, "").expectStatus().isEqualTo(428);
		publish(tag("/navigation"), "?draft=" + tag(DRAFT).replace("\"", "")).expectStatus().isOk();
	}

	@Test
	@Tag("AD-11")
	void errorsOfTheLinterAreNotPublished() {
		save(overlay("20", ", \"hidden\": true, \"locked\": true")).expectStatus().isOk();
		publish(tag("/navigation"), "").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/navigation-refused")
			.jsonPath("$.findings[0].rule")
			.isEqualTo("locked-hidden")
			.jsonPath("$.findings[0].pointer")
			.isEqualTo("/items/0");
		assertThat(json("/navigation/lint?of=draft").at("/0/rule").asString()).isEqualTo("locked-hidden");
		assertThat(json("/navigation/lint").at("/0/severity").asString()).isNotEqualTo("error");
	}

	@Test
	@Tag("AD-7")
	void aVersionComesBackAsADraft() {
		long first = json("/navigation/versions").at("/0/revision").asLong();
		save(overlay("90", "")).expectStatus().isOk();
		publish(tag("/navigation"), "").expectStatus().isOk();
		assertThat(json("/navigation/versions").at("/1/revision").asLong()).isEqualTo(first);
		assertThat(json("/navigation/versions").at("/0/by").asString()).isEqualTo("ada");
		ResponseSpec restored = send(HttpMethod.POST, "/navigation/versions/%d/restore".formatted(first), tag(DRAFT),
				null);
		assertThat(order(restored)).isEqualTo(20);
		publish(tag("/navigation"), "").expectStatus().isOk();
		assertThat(json("/navigation").at("/items/0/order").asInt()).isEqualTo(20);
		send(HttpMethod.POST, "/navigation/versions/999999999/restore", tag(DRAFT), null).expectStatus().isNotFound();
	}

	@Test
	@Tag("AD-15")
	void yamlGoesOutAndComesBackAsADraft() {
		String yaml = administrator().get("/navigation?format=yaml")
			.expectHeader()
			.contentType("application/yaml")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(yaml).contains("# proposed: group ecosystem, order 20", "module: " + this.module);
		putYaml(yaml).expectStatus().isOk();
		assertThat(json(DRAFT).path("begun").asBoolean()).isFalse();
		putYaml(yaml.replace("order: 20", "order: 21")).expectStatus().isOk();
		assertThat(json(DRAFT + "/diff").path("changes")).hasSize(1);
		putYaml("groups: &a [*a]").expectStatus().isBadRequest();
		putYaml("revision: 999999999").expectStatus().isEqualTo(422);
	}

	@Test
	@Tag("AD-15")
	void anOldTextDoesNotUndoWhatWasPublishedSince() {
		String yaml = administrator().get("/navigation?format=yaml")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		send(HttpMethod.PUT, "/navigation", tag("/navigation"), overlay("20", ", \"locked\": true")).expectStatus()
			.isOk();
		putYaml(yaml.replace("order: 20", "order: 21")).expectStatus().isOk();
		publish(tag("/navigation"), "").expectStatus().isEqualTo(412);
		assertThat(order(send(HttpMethod.POST, DRAFT + "/merge", tag(DRAFT), "{}"))).isEqualTo(21);
		assertThat(json(DRAFT).at("/navigation/items/0/locked").asBoolean()).isTrue();
	}

	@Test
	@Tag("AD-6")
	void saysWhySomebodySeesAnItem() {
		String key = this.module + "/" + this.module;
		assertThat(json("/navigation/why?item=" + key).path("rule").asString()).isEqualTo("shown");
		save(overlay("20", ", \"hidden\": true")).expectStatus().isOk();
		JsonNode why = json("/navigation/why?of=draft&item=" + key);
		assertThat(why.path("visible").asBoolean()).isFalse();
		assertThat(why.path("rule").asString()).isEqualTo("hidden");
		assertThat(json("/navigation/why?item=nobody/x").path("rule").asString()).isEqualTo("unknown-module");
	}

	@Test
	@Tag("AD-5")
	void aPreviewIsWhatSomebodyWouldSeeAndIsAudited() {
		assertThat(json("/navigation/preview?role=business").toString()).contains("/" + this.module);
		JsonNode last = json("/audit?limit=1").at("/entries/0");
		assertThat(last.path("action").asString()).isEqualTo("navigation.preview");
		assertThat(last.at("/after/roles/0").asString()).isEqualTo("business");
	}

	@Test
	@Tag("AD-5")
	@Tag("AD-6")
	void asksForANamedPersonInTheVersionTheyGet() {
		String item = this.module + "/" + this.module;
		administrator().publish(this.module, "2.0.0",
				Bundles.npm(Bundles.files(
						Bundles.manifest(this.module, "2.0.0", "menus")
							.replace("\"page\": \"list\",", "\"page\": \"list\", \"requires\": [\"deals:read\"],"),
						this.module + ".js", "")))
			.expectStatus()
			.isCreated();
		administrator().put("/modules/" + this.module + "/channels/stable",
				"""
						{ "rollout": [ { "version": "1.0.0", "share": 100 } ],
						  "overrides": [ { "person": "grace", "version": "2.0.0" }, { "group": "beta", "version": "2.0.0" } ] }""")
			.expectStatus()
			.isOk();
		assertThat(json("/navigation/why?item=" + item).at("/version/version").asString()).isEqualTo("1.0.0");
		JsonNode why = json("/navigation/why?subject=grace&item=" + item);
		assertThat(why.path("rule").asString()).isEqualTo("requires");
		assertThat(why.at("/version/rule/kind").asString()).isEqualTo("person");
		assertThat(why.path("sentence").asString()).contains("person grace is given 2.0.0");
		JsonNode asked = json("/audit?limit=1").at("/entries/0");
		assertThat(asked.path("action").asString()).isEqualTo("navigation.why");
		assertThat(asked.at("/after/subject").asString()).isEqualTo("grace");
		assertThat(json("/navigation/why?subject=grace&permission=deals:read&item=" + item).path("visible").asBoolean())
			.isTrue();
		assertThat(json("/navigation/why?group=beta&item=" + item).at("/version/rule/kind").asString())
			.isEqualTo("group");
		assertThat(json("/navigation/preview?subject=grace").toString()).doesNotContain(item);
		assertThat(json("/navigation/preview?subject=grace&permission=deals:read").toString()).contains(item);
		assertThat(json("/audit?limit=1").at("/entries/0/after/subject").asString()).isEqualTo("grace");
	}

	@Test
	@Tag("AD-14")
	void anItemOfAGroupIsMovedToTheTop() {
		save(overlay("20", ", \"group\": \"\"")).expectStatus().isOk();
		assertThat(json(DRAFT).at("/navigation/items/0/group").asString("missing")).isEmpty();
		assertThat(json(DRAFT + "/diff").at("/changes/0/sentence").asString()).contains("to “Top, without a heading”");
		String yaml = administrator().get("/navigation?format=yaml&of=draft")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(yaml).contains("group: \"\"");
		send(HttpMethod.DELETE, DRAFT, null, null).expectStatus().isNoContent();
		putYaml(yaml).expectStatus().isOk();
		publish(tag("/navigation"), "").expectStatus().isOk();
		assertThat(json("/navigation/preview").at("/0/group").asString("missing")).isEmpty();
		assertThat(json("/navigation/preview").at("/0/items").toString()).contains(this.module);
		assertThat(service().get("/catalog").expectBody(String.class).returnResult().getResponseBody())
			.contains("\"group\":\"\"");
	}

	@Test
	@Tag("AD-12")
	void everyWriteIsAudited() {
		save(overlay("33", "")).expectStatus().isOk();
		JsonNode saved = json("/audit?limit=1").at("/entries/0");
		assertThat(saved.path("action").asString()).isEqualTo("navigation-draft.save");
		assertThat(saved.path("after").toString()).contains("\"order\":33");
		send(HttpMethod.DELETE, DRAFT, null, null).expectStatus().isNoContent();
		assertThat(json("/audit?limit=1").at("/entries/0/action").asString()).isEqualTo("navigation-draft.discard");
		send(HttpMethod.DELETE, DRAFT, null, null).expectStatus().isNotFound();
	}

	@Test
	void draftsAreForAdministrators() {
		developer("menus").get(DRAFT).expectStatus().isOk();
		developer("menus").put(DRAFT, overlay("1", "")).expectStatus().isForbidden();
		developer("menus").http().post().uri(DRAFT + "/publish").exchange().expectStatus().isForbidden();
	}

	private String overlay(String order, String more) {
		return """
				{ "groups": [ { "id": "ecosystem", "title": { "en": "Ecosystem" }, "order": 10 } ],
				  "items": [ { "module": "%1$s", "id": "%1$s", "order": %2$s%3$s } ] }""".formatted(this.module, order,
				more);
	}

	private ResponseSpec save(String json) {
		return send(HttpMethod.PUT, DRAFT, tag(DRAFT), json);
	}

	private ResponseSpec publish(String ifMatch, String query) {
		return send(HttpMethod.POST, DRAFT + "/publish" + query, ifMatch, null);
	}

	private ResponseSpec putYaml(String yaml) {
		return administrator().http()
			.put()
			.uri(DRAFT)
			.header("Content-Type", "application/yaml")
			.header("If-Match", tag(DRAFT))
			.bodyValue(yaml)
			.exchange();
	}

	private ResponseSpec send(HttpMethod method, String uri, String ifMatch, String json) {
		var request = administrator().http().method(method).uri(uri).headers((headers) -> {
			headers.set("Content-Type", "application/json");
			if (ifMatch != null) {
				headers.set("If-Match", ifMatch);
			}
		});
		return ((json != null) ? request.bodyValue(json) : request).exchange();
	}

	private String tag(String uri) {
		return administrator().get(uri).expectBody().returnResult().getResponseHeaders().getETag();
	}

	private static int order(ResponseSpec answer) {
		return JsonMapper.shared()
			.readTree(answer.expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody())
			.at("/navigation/items/0/order")
			.asInt();
	}

	private JsonNode json(String uri) {
		return JsonMapper.shared()
			.readTree(administrator().get(uri)
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody());
	}

}

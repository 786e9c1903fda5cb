package dev.pergola.registry;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.pergola.registry.testing.Bundles;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What rolling out and switching off do, on every database.
 */
public abstract class RolloutContract extends RegistryContract {

	@Test
	void putsAVersionIntoTheCatalog() {
		String module = published("1.0.0");
		developer("partners").stable(module, "1.0.0").expectStatus().isOk();
		Map<String, Object> entry = catalogEntry(module);
		assertThat(entry).containsEntry("team", "partners").containsEntry("enabled", true);
		assertThat(entry.get("rollout")).isEqualTo(List.of(Map.of("version", "1.0.0", "share", 100)));
		assertThat(entry.get("versions")).asInstanceOf(InstanceOfAssertFactories.MAP).containsOnlyKeys("1.0.0");
	}

	@Test
	void refusesSharesThatAreNotAllOfThePeople() {
		String module = published("1.0.0", "1.1.0");
		for (String rollout : List.of("{\"version\":\"1.0.0\",\"share\":99.99}",
				"{\"version\":\"1.0.0\",\"share\":101}",
				"{\"version\":\"1.0.0\",\"share\":99.999},{\"version\":\"1.1.0\",\"share\":0.001}",
				"{\"version\":\"1.0.0\",\"share\":50},{\"version\":\"1.0.0\",\"share\":50}",
				"{\"version\":\"9.9.9\",\"share\":100}", "{\"share\":100}", "")) {
			administrator().put("/modules/{module}/channels/stable", "{\"rollout\":[" + rollout + "]}", module)
				.expectStatus()
				.isEqualTo(422)
				.expectBody()
				.jsonPath("$.findings[0].pointer")
				.isNotEmpty();
		}
		assertThat((List<?>) catalogEntry(module).get("rollout")).isEmpty();
	}

	@Test
	void movesOnlyThePeopleWhoMustMove() {
		String module = published("1.0.0", "1.1.0");
		administrator().stable(module, "1.0.0").expectStatus().isOk();
		rollOut(module, "1.1.0", 10, "1.0.0", 90);
		Map<String, String> before = resolve(module);
		rollOut(module, "1.1.0", 20, "1.0.0", 80);
		Map<String, String> after = resolve(module);
		assertThat(before.values()).contains("1.0.0", "1.1.0");
		before.forEach((subject, version) -> {
			if (version.equals("1.1.0")) {
				assertThat(after).containsEntry(subject, "1.1.0");
			}
		});
		assertThat(after.values().stream().filter("1.1.0"::equals).count())
			.isGreaterThan(before.values().stream().filter("1.1.0"::equals).count());
	}

	@Test
	void givesAGroupItsOwnVersionAndSaysWhy() {
		String module = published("1.0.0", "1.1.0");
		administrator().put("/modules/{module}/channels/stable", """
				{ "rollout": [ { "version": "1.0.0", "share": 100 } ],
				  "overrides": [ { "group": "beta", "version": "1.1.0" } ] }""", module).expectStatus().isOk();
		administrator().get("/modules/{module}/resolution?subject=ann&subject=b,ob&group=beta", module)
			.expectBody()
			.jsonPath("$[0].subject")
			.isEqualTo("ann")
			.jsonPath("$[0].version")
			.isEqualTo("1.1.0")
			.jsonPath("$[0].reason")
			.isEqualTo("group beta is given 1.1.0")
			.jsonPath("$[1].subject")
			.isEqualTo("b,ob");
	}

	@Test
	@Tag("registry-11")
	void givesTheNearerRuleAndSaysWhich() {
		String module = published("1.0.0", "1.1.0", "1.2.0");
		channel(module, "canary", """
				{ "rollout": [ { "version": "1.2.0", "share": 100 } ] }""").expectStatus().isOk();
		channel(module, "stable", """
				{ "rollout": [ { "version": "1.0.0", "share": 100 } ],
				  "overrides": [ { "group": "beta", "channel": "canary" }, { "role": "admin", "version": "1.1.0" },
				    { "tenant": "acme", "version": "1.2.0" }, { "person": "ada", "version": "1.0.0" } ] }""")
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.overrides[0].channel")
			.isEqualTo("canary")
			.jsonPath("$.overrides[3].person")
			.isEqualTo("ada");
		why(module, "subject=ada&tenant=acme&role=admin&group=beta", "1.0.0", "person ada is given 1.0.0", "person");
		why(module, "subject=bob&tenant=acme&role=admin&group=beta", "1.2.0", "tenant acme is given 1.2.0", "tenant");
		why(module, "subject=bob&role=admin&group=beta", "1.1.0", "role admin is given 1.1.0", "role");
		why(module, "subject=bob&role=other&group=beta", "1.2.0",
				"group beta is given channel canary, which points at 1.2.0", "group");
		why(module, "subject=bob", "1.0.0", "everyone is given 1.0.0", "share");
		assertThat(catalogEntry(module).get("channels"))
			.isEqualTo(Map.of("canary", List.of(Map.of("version", "1.2.0", "share", 100))));
		assertThat(catalogEntry(module).get("versions")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsOnlyKeys("1.0.0", "1.1.0", "1.2.0");
	}

	@Test
	@Tag("registry-11")
	void followsAChannelThatAnOverrideNames() {
		String module = published("1.0.0", "1.1.0");
		channel(module, "canary", """
				{ "rollout": [ { "version": "1.0.0", "share": 100 } ] }""").expectStatus().isOk();
		channel(module, "stable", """
				{ "rollout": [ { "version": "1.0.0", "share": 100 } ],
				  "overrides": [ { "group": "beta", "channel": "canary" } ] }""").expectStatus().isOk();
		channel(module, "canary", """
				{ "rollout": [ { "version": "1.1.0", "share": 100 } ] }""").expectStatus().isOk();
		why(module, "subject=bob&group=beta", "1.1.0", "group beta is given channel canary, which points at 1.1.0",
				"group");
	}

	@Test
	@Tag("registry-11")
	void refusesOverridesWithTheirPlaces() {
		String module = published("1.0.0");
		channel(module, "canary", """
				{ "rollout": [ { "version": "1.0.0", "share": 100 } ] }""").expectStatus().isOk();
		Map<String, String> places = Map.of("{}", "/overrides/0", "{\"version\":\"1.0.0\"}", "/overrides/0",
				"{\"role\":\"a\",\"group\":\"b\",\"version\":\"1.0.0\"}", "/overrides/0",
				"{\"role\":\"a\",\"version\":\"1.0.0\",\"channel\":\"canary\"}", "/overrides/0", "{\"person\":\"a\"}",
				"/overrides/0/version", "{\"person\":\" a\",\"version\":\"1.0.0\"}", "/overrides/0/person",
				"{\"tenant\":\"\",\"version\":\"1.0.0\"}", "/overrides/0/tenant",
				"{\"group\":\"a\",\"channel\":\"gone\"}", "/overrides/0/channel",
				"{\"group\":\"a\",\"channel\":\"stable\"}", "/overrides/0/channel",
				"{\"person\":\"a\",\"version\":\"1.0.0\"},{\"person\":\"a\",\"version\":\"1.0.0\"}",
				"/overrides/1/person");
		places.forEach((overrides,
				pointer) -> channel(module, "stable",
						"{\"rollout\":[{\"version\":\"1.0.0\",\"share\":100}],\"overrides\":[" + overrides + "]}")
					.expectStatus()
					.isEqualTo(422)
					.expectBody()
					.jsonPath("$.findings[0].pointer")
					.isEqualTo(pointer));
		channel(module, "canary", """
				{ "rollout": [ { "version": "1.0.0", "share": 100 } ],
				  "overrides": [ { "group": "beta", "version": "1.0.0" } ] }""").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[0].pointer")
			.isEqualTo("/overrides");
		String many = IntStream.range(0, 201)
			.mapToObj("{\"person\":\"p%d\",\"version\":\"1.0.0\"}"::formatted)
			.collect(Collectors.joining(","));
		channel(module, "stable", "{\"rollout\":[{\"version\":\"1.0.0\",\"share\":100}],\"overrides\":[" + many + "]}")
			.expectStatus()
			.isEqualTo(422);
	}

	/** A channel nobody can reach may hold what would be in another's way. */
	@Test
	void refusesToReachAChannelThatClaimsTheNamesOfOthers() {
		String first = published("1.0.0");
		String second = published("1.0.0");
		String manifest = Bundles.manifest(second, "2.0.0", "partners")
			.replace("/" + second + "\"", "/" + first + "\"");
		developer("partners")
			.publish(second, "2.0.0", Bundles.npm(Bundles.files(manifest, second + ".js", "export {};")))
			.expectStatus()
			.isCreated();
		developer("partners").stable(first, "1.0.0").expectStatus().isOk();
		channel(second, "canary", """
				{ "rollout": [ { "version": "2.0.0", "share": 100 } ] }""").expectStatus().isOk();
		channel(second, "stable", """
				{ "rollout": [ { "version": "1.0.0", "share": 100 } ],
				  "overrides": [ { "group": "beta", "channel": "canary" } ] }""").expectStatus().isEqualTo(422);
	}

	@Test
	void refusesToMakeTwoModulesLiveThatClaimTheSameName() {
		String first = published("1.0.0");
		String second = name("calls");
		String manifest = Bundles.manifest(second, "1.0.0", "partners")
			.replace("/" + second + "\"", "/" + first + "\"");
		developer("partners")
			.publish(second, "1.0.0", Bundles.npm(Bundles.files(manifest, second + ".js", "export {};")))
			.expectStatus()
			.isCreated();
		developer("partners").stable(first, "1.0.0").expectStatus().isOk();
		developer("partners").stable(second, "1.0.0").expectStatus().isEqualTo(422);
	}

	@Test
	void switchesOffWithAReasonAndOnAgain() {
		String module = published("1.0.0");
		administrator().put("/modules/{module}/state", "{\"enabled\":false}", module).expectStatus().isEqualTo(422);
		administrator().put("/modules/{module}/state", "{\"enabled\":false,\"reason\":\"leaks\"}", module)
			.expectStatus()
			.isOk();
		assertThat(catalogEntry(module)).containsEntry("enabled", false).containsEntry("reason", "leaks");
		developer("partners").put("/modules/{module}/state", "{\"enabled\":true}", module)
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/switched-off");
		administrator().put("/modules/{module}/state", "{\"enabled\":true}", module).expectStatus().isOk();
		assertThat(catalogEntry(module)).containsEntry("enabled", true);
	}

	@Test
	void answersAStaleWriteWithTheCurrentState() {
		String module = published("1.0.0");
		administrator().stable(module, "1.0.0").expectStatus().isOk();
		administrator().http()
			.put()
			.uri("/modules/{module}/state", module)
			.header("If-Match", "\"1\"")
			.header("Content-Type", "application/json")
			.bodyValue("{\"enabled\":false,\"reason\":\"late\"}")
			.exchange()
			.expectStatus()
			.isEqualTo(412)
			.expectBody()
			.jsonPath("$.current.enabled")
			.isEqualTo(true);
	}

	@Test
	void takesNoRevisionForAWriteThatChangesNothing() {
		String module = published("1.0.0");
		administrator().stable(module, "1.0.0").expectStatus().isOk();
		long before = service().revision();
		administrator().stable(module, "1.0.0").expectStatus().isOk();
		assertThat(service().revision()).isEqualTo(before);
	}

	@Test
	void putsTheOperatorsUpstreamInThePlaceOfTheManifests() {
		String manifest = Bundles.manifest("moved", "1.0.0", "partners")
			.replace("\"pages\"", "\"upstream\": { \"url\": \"http://moved.internal:8080\" }, \"pages\"");
		administrator().publish("moved", "1.0.0", Bundles.npm(Bundles.files(manifest, "moved.js", "export {};")))
			.expectStatus()
			.isCreated();
		administrator().stable("moved", "1.0.0").expectStatus().isOk();
		assertThat(catalogEntry("moved")).containsEntry("upstreamUrl", "http://localhost:8101");
	}

	private ResponseSpec channel(String module, String channel, String body) {
		return developer("partners").put("/modules/{module}/channels/{channel}", body, module, channel);
	}

	private void why(String module, String query, String version, String reason, String kind) {
		administrator().get("/modules/" + module + "/resolution?" + query)
			.expectBody()
			.jsonPath("$[0].version")
			.isEqualTo(version)
			.jsonPath("$[0].reason")
			.isEqualTo(reason)
			.jsonPath("$[0].rule.kind")
			.isEqualTo(kind);
	}

	private String published(String... versions) {
		String module = name("calls");
		for (String version : versions) {
			developer("partners").publish(module, version, Bundles.of(module, version, "partners"))
				.expectStatus()
				.isCreated();
		}
		return module;
	}

	private void rollOut(String module, String first, int firstShare, String second, int secondShare) {
		administrator()
			.put("/modules/{module}/channels/stable",
					"""
							{ "rollout": [ { "version": "%s", "share": %d }, { "version": "%s", "share": %d } ] }"""
						.formatted(first, firstShare, second, secondShare),
					module)
			.expectStatus()
			.isOk();
	}

	@Test
	void answersForAThousandPeopleWithIdsOfAProviderAtOnce() {
		String module = name("thousand");
		administrator().publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners"));
		String query = IntStream.range(0, 1000)
			.mapToObj((i) -> "subject=" + new UUID(i, i))
			.collect(Collectors.joining("&"));
		administrator().get("/modules/" + module + "/resolution?" + query)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(1000);
	}

	@SuppressWarnings("unchecked")
	private Map<String, String> resolve(String module) {
		String query = IntStream.range(0, 200).mapToObj((i) -> "subject=person" + i).collect(Collectors.joining("&"));
		List<Map<String, String>> answers = administrator().get("/modules/" + module + "/resolution?" + query)
			.expectBody(List.class)
			.returnResult()
			.getResponseBody();
		return answers.stream().collect(Collectors.toMap((each) -> each.get("subject"), (each) -> each.get("version")));
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> catalogEntry(String module) {
		Map<String, Object> catalog = service().get("/catalog").expectBody(Map.class).returnResult().getResponseBody();
		return ((List<Map<String, Object>>) catalog.get("modules")).stream()
			.filter((each) -> each.get("module").equals(module))
			.findFirst()
			.orElseThrow();
	}

}

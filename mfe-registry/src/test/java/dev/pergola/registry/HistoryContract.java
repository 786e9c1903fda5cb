package dev.pergola.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import dev.pergola.registry.catalog.CatalogAssembler;
import dev.pergola.registry.catalog.CatalogFeed;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was, and the way back, on every database.
 */
@Tag("registry-14")
public abstract class HistoryContract extends RegistryContract {

	@Autowired
	private CatalogFeed feed;

	@Autowired
	private CatalogAssembler assembler;

	@Value("${pergola.registry.directory}")
	private Path directory;

	@Test
	void readsTheCatalogOfEveryRevisionAsItWas() {
		Random random = new Random(14);
		List<String> modules = new ArrayList<>();
		Map<Long, JsonNode> catalogs = new LinkedHashMap<>();
		for (int i = 0; i < 40; i++) {
			write(random, modules);
			JsonNode catalog = json(service().get("/catalog"));
			catalogs.put(catalog.get("revision").asLong(), catalog);
			assertThat(this.feed.catalog()).isEqualTo(this.assembler.assemble());
		}
		assertThat(catalogs).hasSizeGreaterThan(30);
		catalogs.forEach(
				(revision, catalog) -> assertThat(json(administrator().get("/revisions/{revision}/catalog", revision)))
					.isEqualTo(catalog));
	}

	@Test
	void listsWhatEachRevisionDid() {
		String module = published("1.0.0", "1.1.0");
		stable(module, "1.0.0");
		long now = stable(module, "1.1.0");
		JsonNode page = json(developer("partners").get("/revisions?limit=3&module={module}", module));
		assertThat(page.get("revisions").findValuesAsString("action")).containsExactly("channel.change",
				"channel.change", "version.publish");
		assertThat(page.at("/revisions/0/revision").asLong()).isEqualTo(now);
		assertThat(page.at("/revisions/0/actor").asString()).isEqualTo("ada");
		assertThat(page.at("/revisions/0/subject").asString()).isEqualTo(module + "/stable");
		JsonNode rest = json(
				administrator().get("/revisions?module={module}&before={next}", module, page.get("next").asString()));
		assertThat(rest.get("revisions").findValuesAsString("subject")).containsExactly(module + "/1.0.0");
		assertThat(rest.get("next").isNull()).isTrue();
	}

	@Test
	void findsTheRevisionOfAMoment() {
		String module = published("1.0.0");
		long before = stable(module, "1.0.0");
		Instant moment = Instant
			.parse(json(administrator().get("/revisions?limit=1")).at("/revisions/0/at").asString());
		switchOff(module);
		JsonNode page = json(administrator().get("/revisions?limit=1&at={at}", moment.toString()));
		JsonNode newest = json(administrator().get("/revisions?limit=1&at={at}", moment.plus(Duration.ofDays(1))));
		assertThat(page.at("/revisions/0/revision").asLong()).isLessThanOrEqualTo(before + 1)
			.isGreaterThanOrEqualTo(before);
		assertThat(newest.at("/revisions/0/action").asString()).isEqualTo("module.disable");
		administrator().get("/revisions?at=yesterday").expectStatus().isEqualTo(422);
	}

	@Test
	void showsACatalogAsItWasServedToSomebody() {
		String module = name("calls");
		String manifest = Bundles.manifest(module, "1.0.0", "partners")
			.replace("\"element\": ", "\"requires\": [\"auditor\"], \"element\": ");
		administrator().publish(module, "1.0.0", Bundles.npm(Bundles.files(manifest, module + ".js", "export {};")))
			.expectStatus()
			.isCreated();
		long revision = stable(module, "1.0.0");
		switchOff(module);
		String catalog = "/revisions/{revision}/catalog?role={role}";
		JsonNode auditor = json(administrator().get(catalog, revision, "auditor"));
		assertThat(of(module, auditor.get("pages"))).hasSize(1);
		assertThat(of(module, auditor.get("navigation"))).hasSize(1);
		assertThat(of(module, auditor.get("modules")).getFirst().get("version").asString()).isEqualTo("1.0.0");
		assertThat(of(module, json(administrator().get(catalog, revision, "guest")).get("pages"))).isEmpty();
		assertThat(of(module, json(administrator().get(catalog, revision + 1, "auditor")).get("pages"))).isEmpty();
	}

	@Test
	void servesThePersonOfAnOverrideAndElseWhatMostPeopleGot() {
		String module = published("1.0.0", "1.1.0");
		long revision = revision(administrator().put("/modules/{module}/channels/stable", """
				{ "rollout": [ { "version": "1.1.0", "share": 30 }, { "version": "1.0.0", "share": 70 } ],
				  "overrides": [ { "tenant": "acme", "version": "1.1.0" } ] }""", module));
		String catalog = "/revisions/{revision}/catalog?";
		assertThat(of(module, json(administrator().get(catalog + "role=x", revision)).get("modules")).getFirst()
			.get("version")
			.asString()).isEqualTo("1.0.0");
		assertThat(of(module, json(administrator().get(catalog + "tenant=acme", revision)).get("modules")).getFirst()
			.get("version")
			.asString()).isEqualTo("1.1.0");
	}

	@Test
	void saysWhatIsDifferentAlsoForARole() {
		String module = published("1.0.0");
		long before = stable(module, "1.0.0");
		administrator().publish(module, "2.0.0", Bundles.of(module, "2.0.0", "partners")).expectStatus().isCreated();
		stable(module, "2.0.0");
		long after = switchOff(module);
		JsonNode diff = json(
				developer("partners").get("/revisions/diff?from={from}&to={to}&role=business", before, after));
		JsonNode difference = of(module, diff.get("modules")).getFirst();
		assertThat(difference.get("change").asString()).isEqualTo("changes");
		assertThat(difference.get("fields").findValuesAsString("name")).containsExactly("enabled", "reason", "shares",
				"versions");
		assertThat(difference.at("/fields/2/from/0/version").asString()).isEqualTo("1.0.0");
		assertThat(difference.at("/fields/3/to/0").asString()).isEqualTo("2.0.0");
		assertThat(of(module, diff.at("/served/pages")).getFirst().get("change").asString()).isEqualTo("vanishes");
		assertThat(of(module, diff.at("/served/modules")).getFirst().at("/to/version").asString()).isEqualTo("2.0.0");
		JsonNode back = json(administrator().get("/revisions/diff?from={from}&to={to}&role=business", after, before));
		assertThat(of(module, back.at("/served/pages")).getFirst().get("change").asString()).isEqualTo("appears");
		JsonNode same = json(administrator().get("/revisions/diff?from={from}&to={to}", after, after));
		assertThat(same.get("modules").isEmpty()).isTrue();
		assertThat(same.get("served").isNull()).isTrue();
	}

	@Test
	void restoresTheWholeAsANewRevision() {
		String module = published("1.0.0", "1.1.0");
		long then = stable(module, "1.0.0");
		JsonNode past = json(service().get("/catalog"));
		stable(module, "1.1.0");
		String later = published("1.0.0");
		stable(later, "1.0.0");
		long last = switchOff(module);
		JsonNode restored = json(restore(administrator(), "/revisions/%d/restore".formatted(then), last));
		assertThat(restored.get("revision").asLong()).isEqualTo(last + 1);
		assertThat(restored.get("modules").valueStream().map(JsonNode::asString)).containsExactlyInAnyOrder(module,
				later);
		JsonNode now = json(service().get("/catalog"));
		assertThat(now.get("revision").asLong()).isEqualTo(last + 1);
		assertThat(of(module, now.get("modules"))).isEqualTo(of(module, past.get("modules")));
		assertThat(of(later, now.get("modules")).getFirst().get("rollout").isEmpty()).isTrue();
		assertThat(now.get("navigation")).isEqualTo(past.get("navigation"));
		JsonNode entry = json(administrator().get("/audit?limit=1")).at("/entries/0");
		assertThat(entry.get("action").asString()).isEqualTo("revision.restore");
		assertThat(entry.at("/before/modules/%s/enabled".formatted(module)).asBoolean()).isFalse();
		assertThat(entry.at("/after/modules/%s/enabled".formatted(module)).asBoolean()).isTrue();
		assertThat(json(restore(administrator(), "/revisions/%d/restore".formatted(then), last + 1)).get("revision")
			.asLong()).isEqualTo(last + 1);
	}

	@Test
	void restoresOneModuleAndLeavesTheOthers() {
		String module = published("1.0.0", "1.1.0");
		String other = published("1.0.0");
		long then = stable(module, "1.0.0");
		stable(other, "1.0.0");
		long last = stable(module, "1.1.0");
		restore(administrator(), "/revisions/%d/restore?module=%s".formatted(then, module), last).expectStatus().isOk();
		JsonNode modules = json(service().get("/catalog")).get("modules");
		assertThat(of(module, modules).getFirst().at("/rollout/0/version").asString()).isEqualTo("1.0.0");
		assertThat(of(other, modules).getFirst().at("/rollout/0/version").asString()).isEqualTo("1.0.0");
		assertThat(json(administrator().get("/revisions?limit=1&module={module}", module)).at("/revisions/0/action")
			.asString()).isEqualTo("revision.restore");
	}

	@Test
	@Tag("registry-7")
	void aTeamRestoresWhoGetsWhatOfItsOwnModuleAndNothingElse() {
		String module = published("1.0.0", "1.1.0");
		long then = stable(module, "1.0.0");
		stable(module, "1.1.0");
		long last = switchOff(module);
		String address = "/revisions/%d/restore".formatted(then);
		restore(developer("partners"), address, last).expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("restoring more than one module needs an administrator");
		restore(developer("others"), address + "?module=" + module, last).expectStatus().isForbidden();
		assertThat(service().revision()).isEqualTo(last);
		restore(developer("partners"), address + "?module=" + module, last).expectStatus().isOk();
		JsonNode now = of(module, json(service().get("/catalog")).get("modules")).getFirst();
		assertThat(now.at("/rollout/0/version").asString()).isEqualTo("1.0.0");
		assertThat(now.get("enabled").asBoolean()).isFalse();
	}

	@Test
	@Tag("registry-18")
	void restoresOnlyForAnAdministratorWhoSawTheCurrentState() {
		String module = published("1.0.0");
		long now = stable(module, "1.0.0");
		String address = "/revisions/%d/restore".formatted(now - 1);
		restore(developer("partners"), address, now).expectStatus().isForbidden();
		administrator().http().post().uri(address).exchange().expectStatus().isEqualTo(428);
		restore(administrator(), address, now - 1).expectStatus()
			.isEqualTo(412)
			.expectBody()
			.jsonPath("$.current.revision")
			.isEqualTo(now);
		assertThat(service().revision()).isEqualTo(now);
	}

	@Test
	void refusesToRestoreAVersionWhoseContentIsGone() throws IOException {
		String module = name("gone");
		String manifest = Bundles.manifest(module, "1.0.0", "partners");
		administrator()
			.publish(module, "1.0.0",
					Bundles.npm(Bundles.files(manifest, module + ".js", "export default 'content of " + module + "';")))
			.expectStatus()
			.isCreated();
		administrator().publish(module, "1.1.0", Bundles.of(module, "1.1.0", "partners")).expectStatus().isCreated();
		long then = stable(module, "1.0.0");
		long now = stable(module, "1.1.0");
		try (Stream<Path> files = Files.walk(this.directory.resolve("bundles"))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				if (Files.readString(file).contains("content of " + module + "'")) {
					Files.delete(file);
				}
			}
		}
		restore(administrator(), "/revisions/%d/restore?module=%s".formatted(then, module), now).expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[0].message")
			.value((message) -> assertThat((String) message).contains("1.0.0", module + ".js", "is gone"));
		assertThat(service().revision()).isEqualTo(now);
	}

	@Test
	void knowsNothingOfTheFuture() {
		administrator().get("/revisions/{revision}/catalog", service().revision() + 1)
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/revision-not-found");
	}

	private void write(Random random, List<String> modules) {
		int what = modules.isEmpty() ? 0 : random.nextInt(6);
		String module = modules.isEmpty() ? "" : modules.get(random.nextInt(modules.size()));
		switch (what) {
			case 0 -> modules.add(published("1.0.0", "1.1.0"));
			case 1 ->
				administrator()
					.put("/modules/{module}/channels/stable",
							"""
									{ "rollout": [ { "version": "1.0.0", "share": 100 } ],
									  "overrides": [ { "group": "g%d", "version": "1.1.0" } ] }"""
								.formatted(random.nextInt(1000)),
							module)
					.expectStatus()
					.isOk();
			case 2 -> {
				int share = 1 + random.nextInt(98);
				administrator()
					.put("/modules/{module}/channels/canary",
							"""
									{ "rollout": [ { "version": "1.0.0", "share": %d }, { "version": "1.1.0", "share": %d } ] }"""
								.formatted(share, 100 - share),
							module)
					.expectStatus()
					.isOk();
				administrator().put("/modules/{module}/channels/stable", """
						{ "rollout": [ { "version": "1.1.0", "share": 100 } ],
						  "overrides": [ { "group": "beta", "channel": "canary" } ] }""", module).expectStatus().isOk();
			}
			case 3 -> administrator()
				.put("/modules/{module}/state",
						"{\"enabled\":false,\"reason\":\"r%d\"}".formatted(random.nextInt(1000)), module)
				.expectStatus()
				.isOk();
			case 4 -> administrator().issueToken("partners", "{}");
			default -> arrange(module, random.nextInt(1000));
		}
	}

	private void arrange(String module, int order) {
		String tag = administrator().get("/navigation").returnResult(String.class).getResponseHeaders().getETag();
		administrator().http()
			.put()
			.uri("/navigation")
			.header("If-Match", tag)
			.header("Content-Type", "application/json")
			.bodyValue("""
					{ "groups": [], "items": [ { "module": "%1$s", "id": "%1$s", "order": %2$d } ] }"""
				.formatted(module, order))
			.exchange()
			.expectStatus()
			.isOk();
	}

	private String published(String... versions) {
		String module = name("past");
		for (String version : versions) {
			administrator().publish(module, version, Bundles.of(module, version, "partners"))
				.expectStatus()
				.isCreated();
		}
		return module;
	}

	private long stable(String module, String version) {
		return revision(administrator().stable(module, version));
	}

	private long switchOff(String module) {
		return revision(
				administrator().put("/modules/{module}/state", "{\"enabled\":false,\"reason\":\"leaks\"}", module));
	}

	private long revision(ResponseSpec answer) {
		answer.expectStatus().isOk();
		return service().revision();
	}

	private static ResponseSpec restore(RegistryClient client, String address, long current) {
		return client.http().post().uri(address).header("If-Match", "\"%d\"".formatted(current)).exchange();
	}

	private static List<JsonNode> of(String module, JsonNode parts) {
		return parts.valueStream().filter((part) -> part.get("module").asString().equals(module)).toList();
	}

	private static JsonNode json(ResponseSpec answer) {
		String body = answer.expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody();
		return JsonMapper.shared().readTree(body);
	}

}

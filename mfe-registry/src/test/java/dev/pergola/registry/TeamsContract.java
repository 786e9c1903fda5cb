package dev.pergola.registry;

import java.util.List;
import java.util.Map;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.RegistryClient;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Teams, their members, hosts and modules, on every database.
 */
@Tag("registry-7")
public abstract class TeamsContract extends RegistryContract {

	@Test
	@Tag("registry-18")
	void isWrittenForTheStateTheCallerSaw() {
		String team = name("team");
		administrator().get("/teams/{team}", team).expectStatus().isNotFound();
		String tag = administrator()
			.put("/teams/{team}", "{\"contact\":\"a@example.com\",\"hosts\":[\"A.Example.com\"]}", team)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.hosts[0]")
			.isEqualTo("a.example.com")
			.returnResult()
			.getResponseHeaders()
			.getETag();
		administrator().put("/teams/{team}", "{}", team).expectStatus().isEqualTo(428);
		administrator().putSeen("\"0\"", "/teams/{team}", "{}", team)
			.expectStatus()
			.isEqualTo(412)
			.expectBody()
			.jsonPath("$.current.contact")
			.isEqualTo("a@example.com");
		administrator().putSeen(tag, "/teams/{team}", "{\"hosts\":[]}", team).expectStatus().isOk();
		administrator().get("/teams/{team}", team).expectBody().jsonPath("$.contact").isEmpty();
	}

	@ParameterizedTest
	@Tag("security-45")
	@ValueSource(strings = { "{\"hosts\":[\"http://evil\"]}", "{\"hosts\":[\"*\"]}", "{\"hosts\":[\"*.x:80\"]}",
			"{\"hosts\":[\"a b\"]}", "{\"hosts\":[\"user@host\"]}", "{\"contact\":\"\"}",
			"{\"contact\":\"a\\u0000\"}" })
	void refusesWhatIsNoHostAndNoContact(String body) {
		administrator().put("/teams/{team}", body, name("team")).expectStatus().isEqualTo(422);
	}

	@Test
	@Tag("security-45")
	void letsNobodyRaiseTheirOwnLimits() {
		String team = name("team");
		developer(team).put("/teams/{team}", "{\"hosts\":[\"evil.example.com\"]}", team).expectStatus().isForbidden();
		developer(team).put("/teams/{team}/names", "{\"paths\":[\"/all\"]}", team).expectStatus().isForbidden();
		developer("partners", team).put("/modules/any/team", "{\"team\":\"%s\"}".formatted(team))
			.expectStatus()
			.isForbidden();
		service().put("/teams/{team}", "{}", team).expectStatus().isForbidden();
	}

	@Test
	void makesAMemberOfTheTeamOneOfItsDevelopers() {
		String team = name("team");
		String module = name("tasks");
		String subject = name("auth0|Mia Müller ");
		RegistryClient mia = person(subject, "developer");
		mia.publish(module, "1.0.0", Bundles.of(module, "1.0.0", team)).expectStatus().isForbidden();
		administrator().http()
			.put()
			.uri("/teams/{team}/members/{subject}", team, subject)
			.exchange()
			.expectStatus()
			.isNoContent();
		mia.publish(module, "1.0.0", Bundles.of(module, "1.0.0", team)).expectStatus().isCreated();
		mia.get("/teams/{team}", team)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.members[0].subject")
			.isEqualTo(subject)
			.jsonPath("$.modules[0]")
			.isEqualTo(module);
		assertThat(summary(mia, team)).containsEntry("mine", true).containsEntry("members", 1);
		// One who is not a developer stays without a say, in the team or not.
		RegistryClient business = person(subject, "business");
		business.publish(module, "1.1.0", Bundles.of(module, "1.1.0", team)).expectStatus().isForbidden();
		business.post("/teams/{team}/tokens", "{}", team).expectStatus().isForbidden();
		mia.delete("/teams/{team}/members/{subject}", team, subject).expectStatus().isNoContent();
		mia.publish(module, "1.2.0", Bundles.of(module, "1.2.0", team)).expectStatus().isForbidden();
		administrator().delete("/teams/{team}/members/{subject}", team, subject).expectStatus().isNoContent();
	}

	@Test
	void keepsStrangersAndTokensOutOfATeam() {
		String team = name("team");
		developer("strangers").http()
			.put()
			.uri("/teams/{team}/members/eve", team)
			.exchange()
			.expectStatus()
			.isForbidden();
		developer("strangers").get("/teams/{team}", team).expectStatus().isForbidden();
		administrator().teamToken(this.port, team)
			.http()
			.put()
			.uri("/teams/{team}/members/eve", team)
			.exchange()
			.expectStatus()
			.isForbidden();
		administrator().http().put().uri("/teams/A/members/eve").exchange().expectStatus().isNotFound();
		administrator().http().put().uri("/teams/{team}/members/ ", team).exchange().expectStatus().isEqualTo(422);
	}

	@Test
	void listsTeamsThatOnlyAModuleASettingOrATokenNames() {
		String named = name("team");
		String module = name("tasks");
		administrator().publish(module, "1.0.0", Bundles.of(module, "1.0.0", named)).expectStatus().isCreated();
		assertThat(summary(developer("partners"), named)).containsEntry("modules", List.of(module))
			.containsEntry("mine", false);
		assertThat(summary(developer("partners"), "partners")).containsEntry("mine", true)
			.extracting("hosts")
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.contains("localhost", "*.internal");
		String tokens = name("team");
		administrator().issueToken(tokens, "{}");
		assertThat(summary(developer("partners"), tokens)).containsEntry("revision", 0);
		administrator().get("/teams/partners").expectBody().jsonPath("$.settingsHosts[0]").isEqualTo("localhost");
	}

	@Test
	@Tag("security-27")
	void takesAnUpstreamOfATeamAtItsHostsOnlyAndWatchersHear() {
		String team = name("team");
		String module = name("tasks");
		byte[] bundle = withUpstream(module, team, "http://tasks.example.com:8080");
		administrator().publish(module, "1.0.0", bundle)
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[0].pointer")
			.isEqualTo("/upstream/url");
		String tag = administrator().put("/teams/{team}", "{\"hosts\":[\"tasks.example.com\"]}", team)
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getETag();
		developer(team).publish(module, "1.0.0", bundle).expectStatus().isCreated();
		developer(team).stable(module, "1.0.0").expectStatus().isOk();
		assertThat(upstream(module)).isEqualTo("http://tasks.example.com:8080");
		long before = service().revision();
		administrator().putSeen(tag, "/teams/{team}", "{\"hosts\":[]}", team).expectStatus().isOk();
		assertThat(service().revision()).isEqualTo(before + 1);
		assertThat(upstream(module)).isNull();
	}

	@Test
	void handsAModuleOverWithItsHostsAndNames() {
		String giver = name("team");
		String taker = name("team");
		String module = name("tasks");
		administrator().put("/teams/{team}", "{\"hosts\":[\"tasks.example.com\"]}", giver).expectStatus().isOk();
		administrator().put("/teams/{team}/names", "{}", taker).expectStatus().isOk();
		byte[] bundle = withUpstream(module, giver, "http://tasks.example.com");
		developer(giver).publish(module, "1.0.0", bundle).expectStatus().isCreated();
		developer(giver).stable(module, "1.0.0").expectStatus().isOk();
		String body = "{\"team\":\"%s\"}".formatted(taker);
		administrator().put("/modules/{module}/team", body, module)
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.findings[0].message")
			.value(String.class, (message) -> assertThat(message).contains("tasks.example.com", taker));
		administrator().put("/teams/{team}", "{\"hosts\":[\"tasks.example.com\"]}", taker).expectStatus().isOk();
		administrator().putSeen("\"1\"", "/modules/{module}/team", body, module).expectStatus().isEqualTo(412);
		administrator().put("/modules/{module}/team", body, module)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.team")
			.isEqualTo(taker);
		developer(giver).stable(module, "1.0.0").expectStatus().isForbidden();
		developer(taker).publish(module, "1.1.0", withUpstream(module, taker, "http://tasks.example.com", "1.1.0"))
			.expectStatus()
			.isCreated();
		administrator().put("/modules/{module}/team", "{\"team\":\"Not A Team\"}", module)
			.expectStatus()
			.isEqualTo(422);
		administrator().put("/modules/none/team", body).expectStatus().isNotFound();
	}

	private RegistryClient person(String subject, String role) {
		return RegistryClient.bearer(this.port, RegistryClient.ISSUER.token(subject, List.of(role), List.of()));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> summary(RegistryClient caller, String team) {
		return ((List<Map<String, Object>>) caller.get("/teams")
			.expectStatus()
			.isOk()
			.expectBody(List.class)
			.returnResult()
			.getResponseBody()).stream().filter((each) -> each.get("team").equals(team)).findFirst().orElseThrow();
	}

	@SuppressWarnings("unchecked")
	private Object upstream(String module) {
		Map<String, Object> catalog = service().get("/catalog").expectBody(Map.class).returnResult().getResponseBody();
		return ((List<Map<String, Object>>) catalog.get("modules")).stream()
			.filter((each) -> each.get("module").equals(module))
			.findFirst()
			.orElseThrow()
			.get("upstreamUrl");
	}

	private static byte[] withUpstream(String module, String team, String url) {
		return withUpstream(module, team, url, "1.0.0");
	}

	private static byte[] withUpstream(String module, String team, String url, String version) {
		String manifest = Bundles.manifest(module, version, team)
			.replace("\"entry\"", "\"upstream\": { \"url\": \"%s\" }, \"entry\"".formatted(url));
		return Bundles.npm(Bundles.files(manifest, module + ".js", "export default 1;"));
	}

}

package dev.pergola.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("registry-7")
class TeamsIntegrationTests {

	private static final String API = "/registry/v1/";

	@TempDir
	Path home;

	private RegistryDouble registry;

	private Terminal terminal;

	@BeforeEach
	void start() throws IOException {
		this.registry = new RegistryDouble();
		this.terminal = new Terminal(this.home).with("PERGOLA_URL", this.registry.url());
	}

	@AfterEach
	void stop() {
		this.registry.close();
	}

	@Test
	void showsAllTeamsAndOne() {
		this.registry.answer("GET " + API + "teams", 200, """
				[{"team":"deals","contact":null,"members":2,"modules":["deals","won"],"hosts":["a"]}]""");
		assertThat(this.terminal.run("teams").out()).isEqualToNormalizingNewlines("""
				TEAM   CONTACT  MEMBERS  MODULES     HOSTS
				deals           2        deals, won  a
				""");
		this.registry.answer("GET " + API + "teams/deals", 200, """
				{"team":"deals","members":[{"subject":"mia"}],"names":{"paths":["/deals"]}}""");
		assertThat(this.terminal.run("teams", "show", "deals").out()).contains("member             mia",
				"reserved paths     /deals");
		assertThat(this.terminal.run("teams", "show", "deals", "--json").out()).contains("\"subject\" : \"mia\"");
		assertThat(this.terminal.run("teams", "show", "none").exit()).isEqualTo(4);
	}

	@Test
	@Tag("registry-18")
	void changesWhatIsGivenOfTheStateThatWasRead() {
		this.registry.answer("GET " + API + "teams/deals", 200, """
				{"team":"deals","contact":"a@example.com","hosts":["a"]}""", Map.of("ETag", "\"7\""));
		this.registry.answer("PUT " + API + "teams/deals", 200, "{\"team\":\"deals\"}");
		assertThat(this.terminal.run("teams", "set", "deals", "--host", "b", "--host", "c").exit()).isZero();
		RegistryDouble.Call call = this.registry.call("PUT " + API + "teams/deals");
		assertThat(call.text()).isEqualTo("{\"contact\":\"a@example.com\",\"hosts\":[\"b\",\"c\"]}");
		assertThat(call.headers()).containsEntry("If-match", "\"7\"");
		assertThat(this.terminal.run("teams", "create", "deals").exit()).isZero();
		assertThat(this.registry.call("PUT " + API + "teams/deals").headers()).containsEntry("If-match", "\"0\"");
	}

	@Test
	void writesMembersPublishersAndOwners() {
		this.registry.answer("PUT " + API + "teams/deals/members/auth0%7Cmia", 204, "");
		assertThat(this.terminal.run("teams", "members", "add", "deals", "auth0|mia").out())
			.contains("auth0|mia is in team deals");
		this.registry.answer("DELETE " + API + "teams/deals/members/mia", 204, "");
		assertThat(this.terminal.run("teams", "members", "remove", "deals", "mia").exit()).isZero();
		this.registry.answer("POST " + API + "teams/deals/publishers", 201, "{\"id\":\"p1\"}");
		assertThat(this.terminal
			.run("teams", "publishers", "add", "deals", "--issuer", "https://ci", "--subject", "repo:a/b:*", "--claim",
					"event=push")
			.exit()).isZero();
		assertThat(this.registry.call("POST " + API + "teams/deals/publishers").text()).isEqualTo(
				"{\"name\":\"ci\",\"issuer\":\"https://ci\",\"subject\":\"repo:a/b:*\",\"claims\":{\"event\":\"push\"}}");
		this.registry.answer("GET " + API + "teams/deals/publishers", 200, "[{\"id\":\"p1\",\"name\":\"ci\"}]");
		assertThat(this.terminal.run("teams", "publishers", "list", "deals").out()).contains("p1");
		this.registry.answer("DELETE " + API + "teams/deals/publishers/p1", 204, "");
		assertThat(this.terminal.run("teams", "publishers", "remove", "deals", "p1").exit()).isZero();
		this.registry.answer("PUT " + API + "modules/won/team", 200, "{}");
		assertThat(this.terminal.run("teams", "hand-over", "won", "--to", "deals").out())
			.contains("won belongs to team deals");
		assertThat(this.terminal.run("teams", "members").exit()).isEqualTo(2);
	}

	@Test
	void createsAndRevokesTokens() {
		this.registry.answer("POST " + API + "teams/deals/tokens", 201, """
				{"id":"t1","token":"pgt_secret","expiresAt":"2999-01-01T00:00:00Z"}""");
		Terminal.Result created = this.terminal.run("tokens", "create", "--team", "deals", "--days", "7", "--verbose");
		assertThat(created.out()).isEqualToIgnoringNewLines("pgt_secret");
		assertThat(created.err()).contains("t1").doesNotContain("pgt_secret");
		assertThat(this.registry.call("POST " + API + "teams/deals/tokens").text())
			.isEqualTo("{\"name\":\"token\",\"expiresIn\":\"PT168H\"}");
		this.registry.answer("GET " + API + "teams/deals/tokens", 200, "[{\"id\":\"t1\",\"name\":\"ci\"}]");
		assertThat(this.terminal.run("tokens", "list", "--team", "deals").out()).contains("t1");
		assertThat(this.terminal.run("tokens", "--team", "deals").out()).contains("t1");
		this.registry.answer("DELETE " + API + "teams/deals/tokens/t1", 204, "");
		assertThat(this.terminal.run("tokens", "revoke", "t1", "--team", "deals").exit()).isZero();
		assertThat(this.terminal.run("tokens", "list").exit()).isEqualTo(2);
	}

	@Test
	@Tag("ux-AD-12")
	void searchesAndExportsTheAudit() {
		this.registry.answer("GET " + API + "audit?team=deals&action=version.&from=2026-11-22T00%3A00%3A00Z&limit=2",
				200, """
						{"entries":[{"revision":7,"at":"2026-11-22T18:00:00Z","actor":"ada","action":"version.publish",
						"subject":"deals/1.0.0","reason":null}],"next":null}""");
		assertThat(this.terminal
			.run("audit", "--team", "deals", "--action", "version.", "--from", "2026-11-22", "--limit", "2")
			.out()).contains("7         2026-11-22T18:00:00Z  ada  version.publish  deals/1.0.0");
		this.registry.answer("GET " + API + "audit?module=deals&format=csv", 200, "id,revision\r\n1,\"a\r\nb\"\r\n");
		assertThat(this.terminal.run("audit", "--module", "deals", "--format", "csv").out())
			.isEqualTo("id,revision\r\n1,\"a\r\nb\"\r\n");
		this.registry.answer("GET " + API + "audit?to=x&format=ndjson", 422, "{\"detail\":\"not so\"}");
		Terminal.Result refused = this.terminal.run("audit", "--to", "x", "--format", "ndjson");
		assertThat(refused.exit()).isEqualTo(1);
		assertThat(refused.err()).contains("not so");
	}

}

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

@Tag("registry-11")
class RulesIntegrationTests {

	private static final String CHANNEL = "PUT /registry/v1/modules/hello/channels/stable";

	@TempDir
	Path home;

	private RegistryDouble registry;

	private Terminal terminal;

	@BeforeEach
	void start() throws IOException {
		this.registry = new RegistryDouble();
		this.terminal = new Terminal(this.home).with("PERGOLA_URL", this.registry.url());
		this.registry.answer("GET /registry/v1/modules/hello", 200, """
				{"module":"hello","channels":{
				"stable":{"rollout":[{"version":"1.1.0","share":5},{"version":"1.0.0","share":95}],
				"overrides":[{"role":"admin","version":"1.0.0"},{"group":"beta","channel":"canary"}]},
				"canary":{"rollout":[{"version":"1.2.0","share":90},{"version":"1.1.0","share":10}],"overrides":[]}},
				"versions":[{"version":"1.2.0"},{"version":"1.1.0"},{"version":"1.0.0"}]}""", Map.of("ETag", "\"3\""));
	}

	@AfterEach
	void stop() {
		this.registry.close();
	}

	private String sent() {
		return this.registry.call(CHANNEL).text();
	}

	@Test
	void promotesWhatAnotherChannelHas() {
		this.registry.answer(CHANNEL, 200, "{\"rollout\":[{\"version\":\"1.2.0\",\"share\":100}],\"overrides\":[]}");
		Terminal.Result result = this.terminal.run("promote", "hello", "1.2.0");
		assertThat(result.exit()).isZero();
		assertThat(result.out()).isEqualToIgnoringNewLines("hello stable: 1.2.0 100 %");
		assertThat(sent()).isEqualTo("{\"rollout\":[{\"version\":\"1.2.0\",\"share\":100}],"
				+ "\"overrides\":[{\"role\":\"admin\",\"version\":\"1.0.0\"},{\"group\":\"beta\",\"channel\":\"canary\"}]}");
		assertThat(this.terminal.run("promote", "hello", "--share", "10").exit()).isZero();
		assertThat(sent()).contains("{\"version\":\"1.2.0\",\"share\":10},{\"version\":\"1.1.0\",\"share\":5},"
				+ "{\"version\":\"1.0.0\",\"share\":85}");
	}

	@Test
	void promotingRaisesAndNeverLowers() {
		this.registry.answer(CHANNEL, 200, "{}");
		assertThat(this.terminal.run("promote", "hello", "1.1.0", "--share", "50").exit()).isZero();
		assertThat(sent()).contains("{\"version\":\"1.1.0\",\"share\":50},{\"version\":\"1.0.0\",\"share\":50}");
		Terminal.Result lower = this.terminal.run("promote", "hello", "1.0.0", "--share", "50");
		assertThat(lower.exit()).isEqualTo(1);
		assertThat(lower.err()).contains("already has 95 % of stable");
	}

	@Test
	void promotesOnlyWhatWasTried() {
		Terminal.Result result = this.terminal.run("promote", "hello", "0.9.0");
		assertThat(result.exit()).isEqualTo(4);
		assertThat(result.err()).contains("neither channel canary nor stable of hello has 0.9.0");
		assertThat(this.terminal.run("promote", "hello", "--from", "preview").exit()).isEqualTo(4);
		assertThat(this.terminal.run("promote", "hello", "--from", "stable").exit()).isEqualTo(2);
		assertThat(this.terminal.run("promote", "hello", "1.2.0", "--share", "101").exit()).isEqualTo(2);
	}

	@Test
	void addsReplacesAndRemovesARule() {
		this.registry.answer(CHANNEL, 200,
				"{\"rollout\":[],\"overrides\":[{\"person\":\"ada\",\"version\":\"1.2.0\"}]}");
		Terminal.Result added = this.terminal.run("override", "hello", "--person", "ada", "--version", "1.2.0");
		assertThat(added.exit()).isZero();
		assertThat(added.out()).isEqualToIgnoringNewLines("hello stable: 1.2.0 for person ada");
		assertThat(sent())
			.endsWith("{\"group\":\"beta\",\"channel\":\"canary\"},{\"person\":\"ada\",\"version\":\"1.2.0\"}]}")
			.startsWith("{\"rollout\":[{\"version\":\"1.1.0\",\"share\":5},{\"version\":\"1.0.0\",\"share\":95}]");
		this.terminal.run("override", "hello", "--role", "admin", "--channel", "canary");
		assertThat(sent()).endsWith(
				"\"overrides\":[{\"role\":\"admin\",\"channel\":\"canary\"},{\"group\":\"beta\",\"channel\":\"canary\"}]}");
		this.terminal.run("override", "hello", "--group", "beta", "--remove");
		assertThat(sent()).endsWith("\"overrides\":[{\"role\":\"admin\",\"version\":\"1.0.0\"}]}");
		Terminal.Result missing = this.terminal.run("override", "hello", "--tenant", "acme", "--remove");
		assertThat(missing.exit()).isEqualTo(4);
		assertThat(missing.err()).contains("hello has no rule for tenant acme");
	}

	@Test
	void aRuleIsForOneAndGivesOne() {
		assertThat(this.terminal.run("override", "hello", "--person", "ada").exit()).isEqualTo(2);
		assertThat(this.terminal.run("override", "hello", "--version", "1.0.0").exit()).isEqualTo(2);
		assertThat(this.terminal.run("override", "hello", "--person", "ada", "--role", "x", "--remove").exit())
			.isEqualTo(2);
		assertThat(this.terminal.run("override", "hello", "--person", "ada", "--version", "1", "--remove").exit())
			.isEqualTo(2);
		assertThat(this.registry.calls()).isEmpty();
	}

	@Test
	void plansAStartAndAnEnd() {
		this.registry.answer(CHANNEL, 202, """
				{"rollout":[{"version":"1.0.0","share":100}],"overrides":[],"plan":{"id":"p1","state":"planned",
				"rollout":[{"version":"1.2.0","share":100}],"overrides":[],"startsAt":"2100-12-01T08:00:00+01:00",
				"endsAt":"2100-12-02T08:00:00+01:00"}}""");
		Terminal.Result result = this.terminal.run("rollout", "hello", "1.2.0", "--starts-at",
				"2100-12-01T08:00:00+01:00", "--ends-at", "2100-12-02T08:00:00+01:00");
		assertThat(result.out()).isEqualToIgnoringNewLines("hello stable: 1.0.0 100 %; plan p1: 1.2.0 100 % from "
				+ "2100-12-01T08:00:00+01:00 until 2100-12-02T08:00:00+01:00");
		assertThat(sent())
			.endsWith("\"startsAt\":\"2100-12-01T08:00:00+01:00\",\"endsAt\":\"2100-12-02T08:00:00+01:00\"}");
		this.registry.answer(CHANNEL, 422,
				"""
						{"detail":"the change cannot be planned so","findings":[{"pointer":"/startsAt","message":"startsAt: is in the past"}]}""");
		Terminal.Result refused = this.terminal.run("rollout", "hello", "1.2.0", "--starts-at", "2000-12-01T08:00:00Z");
		refused = this.terminal.run("rollout", "hello", "1.2.0", "--starts-at", "2000-12-01T08:00:00Z");
		assertThat(refused.exit()).isEqualTo(1);
		assertThat(refused.err()).contains("startsAt: is in the past", "the change cannot be planned so");
	}

	@Test
	void showsAndCancelsPlans() {
		this.registry.answer("GET /registry/v1/modules/hello/plans", 200,
				"""
						[{"id":"p1","state":"failed","channel":"stable","rollout":[{"version":"1.2.0","share":100}],"overrides":[],
						"startsAt":null,"endsAt":"2100-12-02T08:00:00+01:00","plannedBy":"ada","problem":"gone"}]""");
		assertThat(this.terminal.run("plans", "hello").out())
			.contains("p1  failed  stable   1.2.0 100 % from now until 2100-12-02T08:00:00+01:00  ada  gone");
		this.registry.answer("DELETE /registry/v1/modules/hello/plans/p1", 204, "");
		assertThat(this.terminal.run("plans", "hello", "--cancel", "p1").out())
			.isEqualToIgnoringNewLines("plan p1 is cancelled");
		this.registry.answer("DELETE /registry/v1/modules/hello/plans/p2", 409, "{\"detail\":\"plan p2 is done\"}");
		assertThat(this.terminal.run("plans", "hello", "--cancel", "p2").exit()).isEqualTo(5);
	}

	@Test
	void saysWhy() {
		this.registry.answer(
				"GET /registry/v1/modules/hello/resolution?subject=ada+l&subject=bob&tenant=a%26b&role=admin&group=beta",
				200,
				"""
						[{"subject":"ada l","version":"1.2.0","reason":"role admin is given 1.2.0","rule":{"kind":"role"}},
						{"subject":"bob","version":null,"reason":"nothing is rolled out to them","rule":null}]""");
		String[] question = { "why", "hello", "--subject", "ada l", "--subject", "bob", "--tenant", "a&b", "--role",
				"admin", "--group", "beta" };
		assertThat(this.terminal.run(question).out()).isEqualToNormalizingNewlines("""
				SUBJECT  VERSION  WHY
				ada l    1.2.0    role admin is given 1.2.0
				bob      none     nothing is rolled out to them
				""");
		assertThat(this.terminal.run("why", "hello", "--subject", "x", "--json").exit()).isEqualTo(4);
		assertThat(this.terminal.run("why", "hello").exit()).isEqualTo(2);
	}

}

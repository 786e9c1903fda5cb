package dev.pergola.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AdministrationIntegrationTests {

	private static final String MODULE = "GET /registry/v1/modules/hello";

	private static final String CHANNEL = "PUT /registry/v1/modules/hello/channels/stable";

	@TempDir
	Path home;

	private RegistryDouble registry;

	private Terminal terminal;

	@BeforeEach
	void start() throws IOException {
		this.registry = new RegistryDouble();
		this.terminal = new Terminal(this.home).with("PERGOLA_URL", this.registry.url() + "/");
	}

	@AfterEach
	void stop() {
		this.registry.close();
	}

	private void stable(String... shares) {
		String rollout = String.join(",",
				Arrays.stream(shares)
					.map((share) -> share.split("="))
					.map((parts) -> "{\"version\":\"%s\",\"share\":%s}".formatted(parts[0], parts[1]))
					.toList());
		this.registry.answer(MODULE, 200, """
				{"module":"hello","team":"greeters","enabled":true,"reason":null,
				"channels":{"stable":{"rollout":[%s],"overrides":[]}},
				"versions":[{"version":"3.0.0"},{"version":"2.0.0"},{"version":"1.0.0"}]}""".formatted(rollout),
				Map.of("ETag", "\"3\""));
	}

	private String sent() {
		return this.registry.call(CHANNEL).text();
	}

	@Test
	void aShareTakesFromTheLargest() {
		stable("1.0.0=95", "2.0.0=5");
		this.registry.answer(CHANNEL, 200,
				"{\"rollout\":[{\"version\":\"3.0.0\",\"share\":0.25},{\"version\":\"1.0.0\",\"share\":99.75}]}");
		Terminal.Result result = this.terminal.run("rollout", "hello", "3.0.0", "--share", "0.25");
		assertThat(result.exit()).isZero();
		assertThat(sent()).isEqualTo("{\"rollout\":[{\"version\":\"3.0.0\",\"share\":0.25},"
				+ "{\"version\":\"1.0.0\",\"share\":94.75},{\"version\":\"2.0.0\",\"share\":5}],\"overrides\":[]}");
		assertThat(result.out()).isEqualToIgnoringNewLines("hello stable: 3.0.0 0.25 %, 1.0.0 99.75 %");
	}

	@Test
	void everyoneIsTheDefault() {
		stable("1.0.0=95", "2.0.0=5");
		this.registry.answer(CHANNEL, 200, "{}");
		assertThat(this.terminal.run("rollout", "hello", "2.0.0").exit()).isZero();
		assertThat(sent()).startsWith("{\"rollout\":[{\"version\":\"2.0.0\",\"share\":100}]");
	}

	@Test
	void aSmallerShareGivesTheRestBack() {
		stable("1.0.0=50", "2.0.0=50");
		this.registry.answer(CHANNEL, 200, "{}");
		assertThat(this.terminal.run("rollout", "hello", "2.0.0", "--share", "0").exit()).isZero();
		assertThat(sent()).contains("{\"version\":\"2.0.0\",\"share\":0},{\"version\":\"1.0.0\",\"share\":100}");
	}

	@Test
	void aShareOfNothingElseIsRefused() {
		stable();
		Terminal.Result result = this.terminal.run("rollout", "hello", "1.0.0", "--share", "5");
		assertThat(result.exit()).isEqualTo(1);
		assertThat(result.err()).contains("nothing else is rolled out that could have the other 95 %");
		assertThat(this.terminal.run("rollout", "hello", "1.0.0", "--share", "5.001").exit()).isEqualTo(2);
	}

	@Test
	void triesAgainWhenSomebodyWasFaster() {
		stable("1.0.0=100");
		stable("2.0.0=100");
		this.registry.answer(CHANNEL, 412, "{\"detail\":\"stale\"}");
		this.registry.answer(CHANNEL, 200, "{}");
		assertThat(this.terminal.run("rollout", "hello", "3.0.0", "--share", "10").exit()).isZero();
		assertThat(this.registry.requests()).containsExactly(MODULE, CHANNEL, MODULE, CHANNEL);
		assertThat(sent()).contains("{\"version\":\"2.0.0\",\"share\":90}").doesNotContain("1.0.0");
	}

	@Test
	void rollsBackToTheLowestRolledOut() {
		stable("3.0.0=5", "2.0.0=95");
		this.registry.answer(CHANNEL, 200, "{}");
		assertThat(this.terminal.run("rollback", "hello").exit()).isZero();
		assertThat(sent()).startsWith("{\"rollout\":[{\"version\":\"2.0.0\",\"share\":100}]");
	}

	@Test
	void rollsBackToTheVersionBelowWhenThereIsOneOnly() {
		stable("3.0.0=100");
		this.registry.answer(CHANNEL, 200, "{}");
		assertThat(this.terminal.run("rollback", "hello").exit()).isZero();
		assertThat(sent()).startsWith("{\"rollout\":[{\"version\":\"2.0.0\",\"share\":100}]");
	}

	@Test
	void cannotRollBackFromTheFirstVersion() {
		stable("1.0.0=100");
		Terminal.Result result = this.terminal.run("rollback", "hello");
		assertThat(result.exit()).isEqualTo(4);
		assertThat(result.err()).contains("no version before");
	}

	@Test
	void showsAllModulesAndOne() {
		this.registry.answer("GET /registry/v1/modules", 200,
				"""
						[{"module":"hello","team":"greeters","enabled":true,"channels":{"stable":{"rollout":
						[{"version":"1.0.0","share":100}],"overrides":[{"group":"beta","version":"2.0.0"}]}},"latest":{"version":"2.0.0"}},
						{"module":"news","team":"press","enabled":false,"reason":"broken","channels":{},"latest":null}]""");
		assertThat(this.terminal.run("status").out()).isEqualToNormalizingNewlines("""
				MODULE  TEAM      STATE        STABLE                             LATEST
				hello   greeters  on           1.0.0 100 %, 2.0.0 for group beta  2.0.0
				news    press     off: broken  nothing
				""");
		stable("1.0.0=100");
		assertThat(this.terminal.run("status", "hello").out()).contains("stable   1.0.0 100 %", "version  3.0.0");
		assertThat(this.terminal.run("status", "hello", "--json").out()).contains("\"team\" : \"greeters\"");
		assertThat(this.terminal.run("status", "nobody").exit()).isEqualTo(4);
	}

	@Test
	void switchesOffWithAReasonAndOn() {
		this.registry.answer("PUT /registry/v1/modules/hello/state", 200, "{}");
		assertThat(this.terminal.run("disable", "hello").exit()).isEqualTo(2);
		assertThat(this.terminal.run("disable", "hello", "--reason", "It \"burns\"").out()).startsWith("hello is off");
		assertThat(this.registry.call("PUT /registry/v1/modules/hello/state").text())
			.isEqualTo("{\"enabled\":false,\"reason\":\"It \\\"burns\\\"\"}");
		assertThat(this.terminal.run("enable", "hello", "--reason", "Gelöscht").out())
			.isEqualToIgnoringNewLines("hello is on");
		RegistryDouble.Call call = this.registry.call("PUT /registry/v1/modules/hello/state");
		assertThat(call.text()).isEqualTo("{\"enabled\":true}");
		assertThat(call.headers()).containsEntry("Pergola-reason", "UTF-8''Gel%C3%B6scht");
	}

	@Test
	void switchesOneVersionOff() {
		this.registry.answer("PUT /registry/v1/modules/hello/versions/2.0.0/state", 200, "{}");
		assertThat(this.terminal.run("disable", "hello", "--version", "2.0.0", "--reason", "loses drafts").out())
			.startsWith("hello 2.0.0 is off: loses drafts");
		assertThat(this.registry.call("PUT /registry/v1/modules/hello/versions/2.0.0/state").text())
			.isEqualTo("{\"enabled\":false,\"reason\":\"loses drafts\"}");
	}

	@Test
	void everyWriteMaySayWhy() {
		stable("1.0.0=100");
		this.registry.answer("PUT /registry/v1/modules/hello/channels/stable", 200, "{}");
		this.terminal.run("rollout", "hello", "2.0.0", "--reason", "first look");
		assertThat(this.registry.call("PUT /registry/v1/modules/hello/channels/stable").headers())
			.containsEntry("Pergola-reason", "first look");
	}

	@Test
	void namesAreEncoded() {
		assertThat(this.terminal.run("status", "../teams?x=1#").exit()).isEqualTo(4);
		assertThat(this.registry.requests()).containsExactly("GET /registry/v1/modules/..%2Fteams%3Fx%3D1%23");
	}

	@Test
	@Tag("registry-12")
	void showsHowVersionsFareAndWhatTheGuardSays() {
		stable("1.0.0=95", "2.0.0=5");
		this.registry.answer(MODULE + "/health", 200,
				"""
						{"module":"hello","versions":[
						{"version":"2.0.0","loads":200,"errorRate":12.5,"mountP75Millis":90,"lcpP75Millis":1200,"inpP75Millis":null,
						"clsP75":0.02,"lastErrors":[{"seen":25,"reason":"threw","message":"no such deal",
						"lastAt":"2026-12-01T08:00:00Z"}]},
						{"version":"1.0.0","loads":0,"errorRate":null,"lastErrors":[]}]}""");
		this.registry.answer(MODULE + "/guard", 200, "{\"state\":\"stopped\",\"verdict\":\"2.0.0 failed\"}");
		assertThat(this.terminal.run("health", "hello").out()).isEqualToNormalizingNewlines("""
				VERSION  ERROR RATE           MOUNT  LCP      INP  CLS
				2.0.0    12.5 % of 200 loads  90 ms  1200 ms  -    0.02
				1.0.0    no loads             -      -        -    -
				2.0.0 25 times threw, last 2026-12-01T08:00:00Z: no such deal
				guard: stopped, 2.0.0 failed
				""");
		assertThat(this.terminal.run("health", "hello", "--json").out()).contains("\"errorRate\" : 12.5");
		assertThat(this.terminal.run("status", "hello").out()).contains("12.5 % of 200 loads");
		assertThat(this.terminal.run("health", "nobody").exit()).isEqualTo(4);
	}

}

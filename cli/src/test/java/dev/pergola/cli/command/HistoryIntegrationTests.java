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

@Tag("registry-14")
class HistoryIntegrationTests {

	@TempDir
	private Path home;

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

	@Test
	void listsWhatEachRevisionDid() {
		String page = """
				{"revisions":[{"revision":7,"at":"2026-11-22T14:05:00Z","actor":"team t, token dbf05257-cffe-4a64-bd99-302f558fc4d0","action":"channel.change",
				"subject":"hello/stable","module":"hello","reason":null}],"next":null}""";
		this.registry.answer("GET /registry/v1/revisions?limit=20&module=hello", 200, page);
		this.registry.answer("GET /registry/v1/revisions?module=hello&limit=20", 200, page);
		Terminal.Result result = this.terminal.run("history", "--module", "hello");
		assertThat(result.exit()).isZero();
		assertThat(result.out()).contains("REVISION")
			.contains("7")
			.contains("team t, token dbf05257 ")
			.contains("hello/stable");
	}

	@Test
	void showsWhatIsDifferent() {
		this.registry.answer("GET /registry/v1/revisions/diff?from=6", 200, """
				{"from":6,"to":7,"modules":[{"module":"hello","change":"changes","fields":[
				{"name":"enabled","from":true,"to":false},{"name":"shares","from":[],
				"to":[{"version":"1.1.0","share":5},{"version":"1.0.0","share":95}]},
				{"name":"overrides","from":null,"to":[{"role":"admin","version":null,"channel":"canary"},
				{"person":"ada","version":"1.1.0"}]},{"name":"reason","from":null,"to":"leaks"}]}],
				"navigation":null,"served":null}""");
		Terminal.Result result = this.terminal.run("diff", "6");
		assertThat(result.exit()).isZero();
		assertThat(result.out()).contains("true -> false")
			.contains("nothing -> leaks")
			.contains("none -> 1.1.0 5 %, 1.0.0 95 %")
			.contains("nothing -> channel canary for role admin, 1.1.0 for person ada");
	}

	@Test
	void restoresWhatItSaw() {
		this.registry.answer("GET /registry/v1/revisions?limit=1", 200, "{\"revisions\":[]}", Map.of("ETag", "\"9\""));
		this.registry.answer("POST /registry/v1/revisions/7/restore?module=hello", 200,
				"{\"revision\":10,\"restored\":7,\"modules\":[\"hello\"],\"navigation\":false}");
		Terminal.Result result = this.terminal.run("restore", "7", "--module", "hello", "--reason", "slow");
		assertThat(result.exit()).isZero();
		assertThat(result.out()).contains("revision 10 is as revision 7 was: 1 module");
		RegistryDouble.Call call = this.registry.call("POST /registry/v1/revisions/7/restore?module=hello");
		assertThat(call.headers()).containsEntry("If-match", "\"9\"").containsEntry("Pergola-reason", "slow");
	}

	@Test
	void restoresNothingWithoutAReason() {
		assertThat(this.terminal.run("restore", "7").exit()).isEqualTo(2);
		assertThat(this.registry.calls()).isEmpty();
	}

}

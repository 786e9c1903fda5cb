package dev.pergola.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PublishIntegrationTests {

	private static final String PUBLISH = "PUT /registry/v1/modules/hello/versions/1.0.0";

	@TempDir
	Path folder;

	private RegistryDouble registry;

	private Terminal terminal;

	@BeforeEach
	void start() throws IOException {
		this.registry = new RegistryDouble();
		this.terminal = new Terminal(this.folder.resolve("home")).with("PERGOLA_URL", this.registry.url())
			.with("PERGOLA_TOKEN", "pgt_secret");
	}

	@AfterEach
	void stop() {
		this.registry.close();
	}

	@Test
	void sendsTheBundleAsNpmPackLaysItOut() throws IOException {
		this.registry.answer(PUBLISH, 201, "{\"outcome\":\"created\"}");
		Terminal.Result result = this.terminal.run("publish", Modules.hello(this.folder.resolve("m")).toString());
		assertThat(result.exit()).isZero();
		assertThat(result.out()).startsWith("hello 1.0.0 is published (2 files, ");
		RegistryDouble.Call call = this.registry.call(PUBLISH);
		assertThat(call.headers()).containsEntry("Authorization", "Bearer pgt_secret")
			.containsEntry("Content-type", "application/gzip");
		Map<String, String> files = Tar.read(call.body());
		assertThat(files.keySet()).containsExactly("package/manifest.json", "package/chunks/a.js", "package/hello.js");
		assertThat(files).containsEntry("package/chunks/a.js", "a".repeat(1000))
			.containsEntry("package/manifest.json", Files.readString(this.folder.resolve("m/manifest.json")));
	}

	@Test
	void identicalContentIsToldApart() throws IOException {
		this.registry.answer(PUBLISH, 200, "{\"outcome\":\"identical\"}");
		Terminal.Result result = this.terminal.run("publish", Modules.hello(this.folder.resolve("m")).toString());
		assertThat(result.out()).contains("was published before, with the same content");
	}

	@Test
	void findsTheFolderABuildMade() throws IOException {
		this.registry.answer(PUBLISH, 201, "{}");
		Modules.hello(this.folder.resolve("p/target/module"));
		Files.createDirectories(this.folder.resolve("p/module"));
		// The sources have a manifest too, but not what the build makes of them.
		Files.copy(this.folder.resolve("p/target/module/manifest.json"), this.folder.resolve("p/module/manifest.json"));
		assertThat(this.terminal.run("publish", this.folder.resolve("p").toString()).exit()).isZero();
		assertThat(Tar.read(this.registry.call(PUBLISH).body())).containsKey("package/hello.js");
	}

	@Test
	void asksNobodyWhenTheManifestIsWrong() throws IOException {
		Path module = Modules.invalid(this.folder.resolve("m"));
		Terminal.Result result = this.terminal.run("publish", module.toString());
		assertThat(result.exit()).isEqualTo(1);
		assertThat(result.err()).contains(module + "/manifest.json:6:39: entry.file: \"other.js\" is not in the bundle")
			.contains(module + "/manifest.json:7:38: pages[0].path: must start with /")
			.contains("2 findings");
		assertThat(this.registry.calls()).isEmpty();
	}

	@Test
	void printsEveryFindingOfTheRegistry() throws IOException {
		this.registry.answer(PUBLISH, 422,
				"""
						{"type":"/problems/publish-refused","detail":"hello/1.0.0 is refused","traceId":"t","findings":[
						{"pointer":"/pages/0/path","message":"pages[0].path: is taken by module greetings","line":7,"column":37},
						{"pointer":"/upstream/url","message":"upstream.url: host x is not on the list"}]}""");
		Terminal.Result result = this.terminal.run("publish", Modules.hello(this.folder.resolve("m")).toString());
		assertThat(result.exit()).isEqualTo(1);
		assertThat(result.err()).containsSubsequence("manifest.json:7:37: pages[0].path: is taken by module greetings",
				"\nupstream.url: host x is not on the list", "pergola: hello/1.0.0 is refused");
		assertThat(this.terminal.run("publish", this.folder.resolve("m").toString(), "--json").out())
			.contains("\"type\" : \"/problems/publish-refused\"");
	}

	@Test
	void bumpsTheHighestPublishedVersion() throws IOException {
		this.registry.answer("GET /registry/v1/modules/hello", 200,
				"{\"versions\":[{\"version\":\"1.9.0\"},{\"version\":\"1.10.3\"},{\"version\":\"1.2.0\"}]}");
		this.registry.answer("PUT /registry/v1/modules/hello/versions/1.11.0", 201, "{}");
		Terminal.Result result = this.terminal.run("publish", Modules.hello(this.folder.resolve("m")).toString(),
				"--bump", "minor");
		assertThat(result.exit()).isZero();
		String manifest = Tar.read(this.registry.call("PUT /registry/v1/modules/hello/versions/1.11.0").body())
			.get("package/manifest.json");
		assertThat(manifest).contains("\"version\" : \"1.11.0\"");
	}

	@Test
	void theFirstVersionIsTheManifestsWhateverIsBumped() throws IOException {
		this.registry.answer(PUBLISH, 201, "{}");
		assertThat(this.terminal.run("publish", Modules.hello(this.folder.resolve("m")).toString(), "--bump", "PATCH")
			.exit()).isZero();
	}

	@Test
	void rollsOutToEveryoneAfterwards() throws IOException {
		this.registry.answer("PUT /registry/v1/modules/hello/versions/2.0.0", 201, "{}");
		this.registry.answer("GET /registry/v1/modules/hello", 200,
				"{\"channels\":{\"stable\":{\"rollout\":[{\"version\":\"1.0.0\",\"share\":100}],"
						+ "\"overrides\":[{\"group\":\"beta\",\"version\":\"1.0.0\"}]}}}",
				Map.of("ETag", "\"7\""));
		this.registry.answer("PUT /registry/v1/modules/hello/channels/stable", 200, "{}");
		Terminal.Result result = this.terminal.run("publish", Modules.hello(this.folder.resolve("m")).toString(),
				"--version", "2.0.0", "--channel", "stable");
		assertThat(result.out()).contains("stable: 2.0.0 100 %");
		RegistryDouble.Call call = this.registry.call("PUT /registry/v1/modules/hello/channels/stable");
		assertThat(call.headers()).containsEntry("If-match", "\"7\"");
		assertThat(call.text()).isEqualTo("{\"rollout\":[{\"version\":\"2.0.0\",\"share\":100}],"
				+ "\"overrides\":[{\"group\":\"beta\",\"version\":\"1.0.0\"}]}");
	}

	@Test
	void aDryRunOnlyAsks() throws IOException {
		this.registry.answer(PUBLISH + "?dryRun=true", 200, "{\"outcome\":\"would-create\"}");
		Terminal.Result result = this.terminal.run("publish", Modules.hello(this.folder.resolve("m")).toString(),
				"--dry-run", "--channel", "stable");
		assertThat(result.out()).contains("could be published");
		assertThat(this.registry.requests()).containsExactly(PUBLISH + "?dryRun=true");
	}

	@Test
	void theWayItFailsIsTheExitCode() throws IOException {
		String module = Modules.hello(this.folder.resolve("m")).toString();
		this.registry.answer(PUBLISH, 401, "{\"detail\":\"no\"}");
		this.registry.answer(PUBLISH, 403, "{\"detail\":\"not your team\"}");
		this.registry.answer(PUBLISH, 409, "{\"detail\":\"module hello already has version 1.0.0\"}");
		this.registry.answer(PUBLISH, 500, "{\"detail\":\"failed\",\"traceId\":\"abc\"}");
		this.registry.answer(PUBLISH, 302, "", Map.of("Location", "http://localhost:1/elsewhere"));
		assertThat(this.terminal.run("publish", module)).extracting(Terminal.Result::exit).isEqualTo(3);
		assertThat(this.terminal.run("publish", module)).extracting(Terminal.Result::exit).isEqualTo(3);
		Terminal.Result conflict = this.terminal.run("publish", module);
		assertThat(conflict.exit()).isEqualTo(5);
		assertThat(conflict.err()).contains("already has version 1.0.0");
		Terminal.Result failure = this.terminal.run("publish", module);
		assertThat(failure.exit()).isEqualTo(6);
		assertThat(failure.err()).contains("trace id abc");
		assertThat(this.terminal.run("publish", module)).extracting(Terminal.Result::exit).isEqualTo(1);
		assertThat(this.terminal.run("publish", module, "--url", "http://localhost:1").exit()).isEqualTo(6);
		assertThat(this.terminal.run("publish", module, "--url", "portal").exit()).isEqualTo(2);
		assertThat(this.terminal.run("publish", module, "--bump", "patch", "--version", "1.0.0").exit()).isEqualTo(2);
		assertThat(this.terminal.run("publish", this.folder.resolve("nowhere").toString()).exit()).isEqualTo(1);
	}

	@Test
	void verboseTellsTheCallsAndNeverTheToken() throws IOException {
		this.registry.answer(PUBLISH, 201, "{}");
		Terminal.Result result = this.terminal.run("publish", "--verbose",
				Modules.hello(this.folder.resolve("m")).toString());
		assertThat(result.err()).contains(PUBLISH.replace("/registry", this.registry.url() + "/registry"), "-> 201");
		assertThat(result.out() + result.err()).doesNotContain("pgt_secret");
	}

	@Test
	void aLinkIsRefused() throws IOException {
		Path module = Modules.hello(this.folder.resolve("m"));
		Files.createSymbolicLink(module.resolve("secret.js"), Files.createFile(this.folder.resolve("elsewhere")));
		Terminal.Result result = this.terminal.run("publish", module.toString());
		assertThat(result.exit()).isEqualTo(1);
		assertThat(result.err()).contains("secret.js is a link");
		assertThat(this.registry.calls()).isEmpty();
	}

}

package dev.pergola.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("AD-15")
class NavIntegrationTests {

	private static final String DRAFT = "/registry/v1/navigation/draft";

	private static final String DIFF = """
			{ "changes": [ { "sentence": "“Deals” is hidden." } ], "affected": { "everyone": false, "roles": [ [ "deals:read" ] ] } }""";

	@TempDir
	Path home;

	private RegistryDouble registry;

	private Terminal terminal;

	@BeforeEach
	void start() throws IOException {
		this.registry = new RegistryDouble();
		this.terminal = new Terminal(this.home).with("PERGOLA_URL", this.registry.url());
		this.registry.answer("GET " + DRAFT, 200, "{}", Map.of("ETag", "\"7\""));
		this.registry.answer("GET " + DRAFT + "/diff", 200, DIFF);
	}

	@AfterEach
	void stop() {
		this.registry.close();
	}

	@Test
	void exportsToAFileOrTheTerminal() throws IOException {
		this.registry.answer("GET /registry/v1/navigation?format=yaml", 200, "groups: []\n",
				Map.of("Content-Type", "application/yaml"));
		assertThat(this.terminal.run("nav", "export").out()).isEqualToNormalizingNewlines("groups: []\n");
		Path file = this.home.resolve("navigation.yaml");
		assertThat(this.terminal.run("nav", "export", "-o", file.toString()).exit()).isZero();
		assertThat(Files.readString(file)).isEqualTo("groups: []\n");
	}

	@Test
	void importsAsADraftAndPublishesOnlyWhenAsked() throws IOException {
		this.registry.answer("PUT " + DRAFT, 200, "{\"begun\":true,\"live\":5}", Map.of("ETag", "\"8\""));
		this.registry.answer("POST " + DRAFT + "/publish?draft=8", 200, "{\"revision\":9}");
		Terminal.Result draft = this.terminal.run("nav", "import", file("groups: []"));
		assertThat(draft.exit()).isZero();
		assertThat(draft.out()).contains("“Deals” is hidden.", "deals:read", "/admin/navigation");
		assertThat(this.registry.call("PUT " + DRAFT).headers()).containsEntry("If-match", "\"7\"")
			.containsEntry("Content-type", "application/yaml");
		assertThat(this.registry.requests()).noneMatch((request) -> request.contains("publish"));
		assertThat(this.terminal.run("nav", "import", file("groups: []"), "--publish").out()).contains("published");
		assertThat(this.registry.call("POST " + DRAFT + "/publish?draft=8").headers()).containsEntry("If-match",
				"\"5\"");
	}

	@Test
	void aConflictNamesEachField() throws IOException {
		this.registry.answer("PUT " + DRAFT, 200, "{\"begun\":true,\"live\":5}", Map.of("ETag", "\"8\""));
		this.registry.answer("POST " + DRAFT + "/publish?draft=8", 412,
				"{\"detail\":\"published in between\",\"conflicts\":[{\"path\":\"/items/deals~1deals/order\",\"base\":1,\"theirs\":2,\"yours\":3}]}");
		Terminal.Result result = this.terminal.run("nav", "import", file("groups: []"), "--publish");
		assertThat(result.exit()).isEqualTo(5);
		assertThat(result.err()).contains("/items/deals~1deals/order: was 1, live 2, yours 3");
	}

	@Test
	void comparesTheDraftOrAFile() throws IOException {
		assertThat(this.terminal.run("nav", "diff").out()).contains("“Deals” is hidden.");
		this.registry.answer("POST " + DRAFT + "/diff", 200, "{\"changes\":[]}");
		assertThat(this.terminal.run("nav", "diff", file("groups: []")).out()).contains("nothing changes");
		assertThat(this.terminal.run("nav", "diff", "--json").out()).contains("\"sentence\"");
	}

	@Test
	@Tag("AD-11")
	void errorsOfTheLinterEndWithOne() {
		this.registry.answer("GET /registry/v1/navigation/lint?of=draft", 200,
				"[{\"rule\":\"dead-route\",\"severity\":\"error\",\"message\":\"leads nowhere\"}]");
		this.registry.answer("GET /registry/v1/navigation/lint?of=live", 200,
				"[{\"rule\":\"missing-icon\",\"severity\":\"warning\",\"message\":\"no icon\"}]");
		Terminal.Result draft = this.terminal.run("nav", "lint");
		assertThat(draft.exit()).isEqualTo(1);
		assertThat(draft.out()).contains("error dead-route: leads nowhere");
		assertThat(this.terminal.run("nav", "lint", "--live").exit()).isZero();
		assertThat(this.terminal.run("nav").exit()).isEqualTo(2);
	}

	private String file(String yaml) throws IOException {
		return Files.writeString(this.home.resolve("in.yaml"), yaml).toString();
	}

}

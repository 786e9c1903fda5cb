package dev.pergola.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** What the command line does without a registry, or before one is asked. */
class LocalTests {

	@TempDir
	Path folder;

	private Terminal terminal() {
		return new Terminal(this.folder.resolve("home"));
	}

	@Test
	void aNewModuleIsValid() throws IOException {
		Terminal.Result made = terminal().run("new", "hello-world", "--directory", this.folder.toString());
		assertThat(made.exit()).isZero();
		Path module = this.folder.resolve("hello-world");
		assertThat(terminal().run("validate", module.toString()).out())
			.startsWith("hello-world 0.1.0 is valid (2 files");
		assertThat(Files.readString(module.resolve("README.md"))).startsWith("# Hello world").doesNotContain("@");
		assertThat(Files.readString(module.resolve("module/main.js"))).contains("'hello-world-page'")
			.doesNotContain("@module@", "@title@");
		assertThat(terminal().run("new", "hello-world", "--directory", this.folder.toString()).exit()).isEqualTo(5);
		assertThat(terminal().run("new", "../evil", "--directory", this.folder.toString()).exit()).isEqualTo(2);
	}

	@Test
	void validatePrintsFindingsForPeopleAndForPrograms() throws IOException {
		Path module = Modules.invalid(this.folder.resolve("m"));
		Terminal.Result result = terminal().run("validate", module.toString());
		assertThat(result.exit()).isEqualTo(1);
		assertThat(result.err()).contains("manifest.json:7:38: pages[0].path: must start with /");
		assertThat(terminal().run("validate", "--json", module.toString()).out())
			.contains("\"pointer\" : \"/pages/0/path\"", "\"line\" : 7");
	}

	@Test
	void aLoginIsKeptForItsOwnerAndItsRegistryAlone() throws IOException {
		try (RegistryDouble registry = new RegistryDouble(); RegistryDouble other = new RegistryDouble()) {
			registry.answer("GET /registry/v1/modules", 200, "[]");
			other.answer("GET /registry/v1/modules", 200, "[]");
			Terminal.Result login = terminal().run("login", "--url", registry.url(), "--token", "pgt_secret");
			assertThat(login.exit()).isZero();
			assertThat(login.out()).doesNotContain("pgt_secret");
			Path file = this.folder.resolve("home/.config/pergola/login.json");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
			assertThat(terminal().run("status").out()).isEqualToIgnoringNewLines("no modules yet");
			assertThat(registry.calls().getLast().headers()).containsEntry("Authorization", "Bearer pgt_secret");
			terminal().run("status", "--url", other.url());
			assertThat(other.calls().getLast().headers()).doesNotContainKey("Authorization");
			terminal().with("PERGOLA_TOKEN", "pgt_env").run("status");
			assertThat(registry.calls().getLast().headers()).containsEntry("Authorization", "Bearer pgt_env");
			terminal().with("PERGOLA_TOKEN", "pgt_env").run("status", "--token", "pgt_option");
			assertThat(registry.calls().getLast().headers()).containsEntry("Authorization", "Bearer pgt_option");
		}
	}

	@Test
	void aTokenNobodyKnowsIsNotKept() throws IOException {
		try (RegistryDouble registry = new RegistryDouble()) {
			registry.answer("GET /registry/v1/modules", 401, "{}");
			assertThat(terminal().run("login", "--url", registry.url(), "--token", "pgt_wrong").exit()).isEqualTo(3);
			assertThat(this.folder.resolve("home/.config/pergola/login.json")).doesNotExist();
		}
		assertThat(terminal().run("login", "--token", "with space").exit()).isEqualTo(2);
	}

	@Test
	void warnsBeforeATokenTravelsUnencrypted() {
		Terminal.Result result = terminal().run("status", "--url", "http://portal.invalid", "--token", "pgt_secret");
		assertThat(result.err()).contains("unencrypted").doesNotContain("pgt_secret");
		assertThat(result.exit()).isEqualTo(6);
	}

	@Test
	void everyCommandHasHelp() {
		for (CommandLine command : Pergola.commandLine(new Environment(Map.of(), this.folder, "Linux"))
			.getSubcommands()
			.values()) {
			assertThat(terminal().run(command.getCommandName(), "--help").exit()).as(command.getCommandName()).isZero();
		}
		assertThat(terminal().run("nav", "import", "--help").out()).contains("--publish");
		assertThat(terminal().run("nav", "import", "nowhere.yaml").err()).contains("there is no file nowhere.yaml");
		assertThat(terminal().run("rollout", "hello", "1.0.0", "--share", "5,5").err())
			.contains("'5,5' is no number such as 5 or 0.25");
	}

	@Test
	void saysWhatIsMissingToBeAllowed() throws IOException {
		try (RegistryDouble registry = new RegistryDouble()) {
			registry.answer("GET /registry/v1/teams", 401, "{}");
			assertThat(terminal().run("teams", "--url", registry.url()).err()).contains("this needs a token");
			registry.answer("GET /registry/v1/teams/x", 403,
					"{\"type\":\"/problems/forbidden\",\"detail\":\"this caller may not do that\"}");
			Terminal.Result result = terminal().run("teams", "show", "x", "--url", registry.url(), "--token", "pgt_x");
			assertThat(result.exit()).isEqualTo(3);
			assertThat(result.err()).contains("a team token changes the modules of its team only");
			assertThat(terminal().run("teams", "show", "x", "--url", registry.url(), "--token", "eyJ").err())
				.doesNotContain("a team token");
		}
	}

	@Test
	void aWrongCommandLineSaysHowItIsRight() {
		assertThat(terminal().run("publissh").exit()).isEqualTo(2);
		assertThat(terminal().run("publissh").err()).contains("pergola publish");
		assertThat(terminal().run("--help").out()).contains("Exit codes:", "rollback");
		assertThat(terminal().run("generate-completion").out()).contains("complete -F _complete_pergola");
	}

}

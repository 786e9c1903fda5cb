package dev.pergola.standalone.samples;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class ClaudeAgentTests {

	private static final String PREFIX = "pergola.agent-bridge.";

	private final MockEnvironment environment = new MockEnvironment();

	@TempDir
	private Path directory;

	private Path program;

	@BeforeEach
	void install() throws Exception {
		this.program = Files.createFile(this.directory.resolve("claude"));
		assertThat(this.program.toFile().setExecutable(true)).isTrue();
	}

	@Test
	void isARunnerAtADeskWithTheRecordsAndAModelOfItsOwn() {
		try (ClaudeAgent agent = ClaudeAgent.start(this.environment, this.directory, this.program).orElseThrow()) {
			assertThat(property("runners.claude.command[0]")).isEqualTo(this.program.toString());
			assertThat(Path.of(property("runners.claude.directory"))).isDirectoryContaining("glob:**/deals.json");
			assertThat(property("model-gateway.upstream")).startsWith("http://127.0.0.1:");
			assertThat(property("model-gateway.key")).isNotBlank();
		}
	}

	@Test
	void aModelGatewayOfOnesOwnWins() {
		this.environment.setProperty(PREFIX + "model-gateway.upstream", "https://models.example");
		try (ClaudeAgent agent = ClaudeAgent.start(this.environment, this.directory, this.program).orElseThrow()) {
			assertThat(property("model-gateway.upstream")).isEqualTo("https://models.example");
		}
	}

	@Test
	void isNothingWhereNobodyWantsItOrItIsMissing() {
		assertThat(ClaudeAgent.start(this.environment, this.directory, null)).isEmpty();
		assertThat(ClaudeAgent.start(this.environment, this.directory, this.directory.resolve("missing"))).isEmpty();
		assertThat(property("runners.claude.command[0]")).isNull();
	}

	private String property(String name) {
		return this.environment.getProperty(PREFIX + name);
	}

}

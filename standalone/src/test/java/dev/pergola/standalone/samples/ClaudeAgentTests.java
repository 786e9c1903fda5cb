package dev.pergola.standalone.samples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class ClaudeAgentTests {

	private static final String PREFIX = "pergola.agent-bridge.";

	private static final String ADDRESS = "ANTHROPIC_BASE_URL";

	private static final String KEY = "ANTHROPIC_API_KEY";

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
			assertThat(variables())
				.hasEntrySatisfying(ADDRESS, (url) -> assertThat(url).startsWith("http://127.0.0.1:"))
				.hasEntrySatisfying(KEY, (key) -> assertThat(key).isNotBlank());
		}
	}

	@Test
	void nothingStandsInForTheModelOfOtherPrograms() {
		try (ClaudeAgent agent = ClaudeAgent.start(this.environment, this.directory, this.program).orElseThrow()) {
			assertThat(property("model-gateway.upstream")).isNull();
			assertThat(property("model-gateway.key")).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "model-gateway.upstream", "runners.claude.environment." + ADDRESS,
			"runners.claude.environment." + KEY })
	void aModelOfOnesOwnWins(String setting) {
		this.environment.setProperty(PREFIX + setting, "https://models.example");
		Map<String, String> before = variables();
		try (ClaudeAgent agent = ClaudeAgent.start(this.environment, this.directory, this.program).orElseThrow()) {
			assertThat(property("runners.claude.command[0]")).isEqualTo(this.program.toString());
			assertThat(property("model-gateway.key")).isNull();
			Map<String, String> after = variables();
			after.keySet().retainAll(Set.of(ADDRESS, KEY));
			assertThat(after).isEqualTo(before);
		}
	}

	@Test
	void isNothingWhereNobodyWantsItOrItIsMissing() {
		assertThat(ClaudeAgent.start(this.environment, this.directory, null)).isEmpty();
		assertThat(ClaudeAgent.start(this.environment, this.directory, this.directory.resolve("missing"))).isEmpty();
		assertThat(ClaudeAgent.start(this.environment, this.directory, this.directory)).as("a folder").isEmpty();
		assertThat(property("runners.claude.command[0]")).isNull();
	}

	@Test
	void isNothingWhereTheAgentBridgeIsSwitchedOff() {
		this.environment.setProperty(PREFIX + "enabled", "false");
		assertThat(ClaudeAgent.start(this.environment, this.directory, this.program)).isEmpty();
		assertThat(property("runners.claude.command[0]")).isNull();
	}

	/** As the bridge reads them. */
	private Map<String, String> variables() {
		return new HashMap<>(Binder.get(this.environment)
			.bind(PREFIX + "runners.claude.environment", Bindable.mapOf(String.class, String.class))
			.orElse(Map.of()));
	}

	private String property(String name) {
		return this.environment.getProperty(PREFIX + name);
	}

}

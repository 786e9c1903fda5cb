package dev.pergola.standalone.samples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class SampleAgentsTests {

	private static final String COMMAND = "pergola.agent-bridge.runners.deal-briefing.command[%d]";

	@Test
	void theBriefingIsARunnerWhereThereIsNode(@TempDir Path directory) {
		MockEnvironment environment = new MockEnvironment();
		SampleAgents.addTo(environment, directory, Optional.of(Path.of("/opt/node")));
		assertThat(environment.getProperty(COMMAND.formatted(0))).isEqualTo("/opt/node");
		assertThat(environment.getProperty(COMMAND.formatted(1))).startsWith(directory.toString())
			.endsWith("deal_briefing.mjs");
	}

	@Test
	void thereIsNoSuchRunnerWithoutNode(@TempDir Path directory) {
		MockEnvironment environment = new MockEnvironment();
		SampleAgents.addTo(environment, directory, Optional.empty());
		assertThat(environment.getProperty(COMMAND.formatted(0))).isNull();
	}

	@Test
	void theFirstProgramOnThePathIsTaken(@TempDir Path directory) throws Exception {
		Path first = Files.createDirectories(directory.resolve("first"));
		Path program = Files.createFile(Files.createDirectories(directory.resolve("second")).resolve("tool"));
		assertThat(program.toFile().setExecutable(true)).isTrue();
		assertThat(Installed.find("tool", first + ":" + program.getParent())).contains(program);
		assertThat(Installed.find("tool", "" + first)).isEmpty();
		assertThat(Installed.find("tool", "")).isEmpty();
	}

}

package dev.pergola.bridge;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** What a bridge says of its runners when it starts. */
@Tag("CLI-25")
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StartIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void saysOnceWhichRunnersHaveLimitsThatCannotBeHad(CapturedOutput output) {
		start(Map.of("limited.command", "cat", "limited.sandbox.processes", "100", "other.command", "cat")).close();
		assertThat(output.toString().lines().filter((line) -> line.contains("are not started"))).singleElement()
			.asString()
			.contains("programs of runner limited are not started: no control group");
	}

	@Test
	void doesNotStartWithASandboxThatMakesNoSense() {
		assertThatException().isThrownBy(() -> start(Map.of("odd.command", "cat", "odd.sandbox.network", "none")))
			.havingRootCause()
			.withMessage("network: NONE (expected: given together with profile bubblewrap)");
	}

	private ConfigurableApplicationContext start(Map<String, String> runners) {
		Map<String, Object> settings = new HashMap<>(Map.of("server.port", "0", "management.server.port", "-1",
				"pergola.agent-bridge.directory", this.directory.toString()));
		runners.forEach((name, value) -> settings.put("pergola.agent-bridge.runners." + name, value));
		return new SpringApplicationBuilder(AgentBridgeApplication.class).properties(settings)
			.run("--pergola.agent-bridge.service-token=secret-of-the-service");
	}

}

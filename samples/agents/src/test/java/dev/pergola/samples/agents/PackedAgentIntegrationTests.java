package dev.pergola.samples.agents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the jar carries, unpacked somewhere else. */
class PackedAgentIntegrationTests {

	private static final List<String> FILES = List.of("co_sell.py", "scout.py", "records.py", "data/partnerships.json",
			"data/deals.json", "data/people.json", "data/organizations.json");

	@Test
	void answersFromTheFilesOfTheClassPathAlone(@TempDir Path directory) throws Exception {
		assumeTrue(PythonIntegrationTests.hasPython(), "python3 is not installed: the sample agent cannot run");
		for (String file : FILES) {
			Path target = directory.resolve(file);
			Files.createDirectories(target.getParent());
			try (InputStream input = PackedAgentIntegrationTests.class.getResourceAsStream("/samples/agents/" + file)) {
				Files.copy(Objects.requireNonNull(input, file), target);
			}
		}
		assertThat(answer(directory, "Who could help us with Alpenstrom?")).contains("## Alpenstrom", "How I got here");
	}

	private static String answer(Path directory, String prompt) throws IOException, InterruptedException {
		Process agent = new ProcessBuilder("python3", "-B", directory.resolve("co_sell.py").toString(), "--pace", "0")
			.redirectErrorStream(true)
			.start();
		try (OutputStream input = agent.getOutputStream()) {
			input.write(prompt.getBytes(StandardCharsets.UTF_8));
		}
		String output = new String(agent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(agent.waitFor()).as(output).isZero();
		return output;
	}

}

package dev.pergola.samples.agents;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Runs the tests that are written in Python. */
class PythonIntegrationTests {

	@Test
	@Timeout(180)
	void passesItsOwnTests() throws Exception {
		assumeTrue(hasPython(), "python3 is not installed: the tests of the sample agents are skipped");
		String output = Programs.output(Path.of("").toAbsolutePath(), "", "python3", "-B", "-m", "unittest");
		assertThat(output).containsPattern("Ran [1-9]");
	}

	static boolean hasPython() throws InterruptedException {
		return Programs.works("python3", "--version");
	}

}

package dev.pergola.samples.agents;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

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
		Process tests = new ProcessBuilder("python3", "-B", "-m", "unittest")
			.directory(Path.of("").toAbsolutePath().toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(tests.waitFor()).as(output).isZero();
		assertThat(output).containsPattern("Ran [1-9]");
	}

	static boolean hasPython() throws InterruptedException {
		try {
			Process version = new ProcessBuilder("python3", "--version").redirectErrorStream(true).start();
			return version.waitFor(10, TimeUnit.SECONDS) && version.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

}

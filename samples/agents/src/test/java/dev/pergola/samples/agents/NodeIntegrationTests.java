package dev.pergola.samples.agents;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Runs the tests that are written for Node. */
class NodeIntegrationTests {

	@Test
	@Timeout(180)
	void passesItsOwnTests() throws Exception {
		assumeTrue(hasNode(), "node 18 or newer is not installed: the tests of the sample researcher are skipped");
		String output = Programs.output(Path.of("").toAbsolutePath(), "", "node", "--test", "researcher/tests/");
		assertThat(output).containsPattern("pass [1-9]");
	}

	static boolean hasNode() throws InterruptedException {
		return Programs.works("node", "-e", "process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)");
	}

}

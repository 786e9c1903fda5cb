package dev.pergola.bridge.process;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** Skipped where this machine allows no namespaces. */
class NamespaceIntegrationTests extends ProcessTreeContract {

	@Override
	void prepare() {
		assumeThat(Fences.find(Isolation.AUTO, null)).isInstanceOf(NamespaceFence.class);
	}

	@Override
	Isolation isolation() {
		return Isolation.NAMESPACE;
	}

	@Test
	void aProgramSeesNoProcessButItsOwn() throws Exception {
		try (AgentProcess process = start("ls -d /proc/[0-9]* | wc -l; cat")) {
			assertThat(Integer.parseInt(line(process).strip())).isLessThan(6);
		}
	}

	/** The kernel ended it, before anybody looked. */
	@Override
	void afterTheBridgeWasKilled() {
		await().atMost(Duration.ofSeconds(3)).until(() -> survivors() == 0);
	}

}

package dev.pergola.bridge.process;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** Skipped where this machine allows no namespaces. */
class NamespaceIntegrationTests extends ProcessTreeContract {

	@Override
	void prepare() {
		assumeThat(Fences.ofMachine().find(Isolation.AUTO, null)).isInstanceOf(NamespaceFence.class);
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

	@Test
	@Tag("CLI-26")
	void aProgramCannotReadTheSecretsOfTheBridge() throws Exception {
		assumeThat(Fences.ofMachine().find(Isolation.NAMESPACE, null).hidesBridge()).as("a list of its own").isTrue();
		try (AgentProcess process = start("grep -acz SERVICE_TOKEN /proc/[0-9]*/environ | grep -vc ':0$'; cat")) {
			assertThat(System.getenv(SECRET_NAME)).isNotEmpty();
			assertThat(line(process)).isEqualTo("0");
		}
	}

	/** The kernel ended it, before anybody looked. */
	@Override
	void afterTheBridgeWasKilled() {
		await().atMost(Duration.ofSeconds(3)).until(() -> survivors() == 0);
	}

}

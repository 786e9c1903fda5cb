package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.TestRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What holds for a tree of processes, whatever holds it together. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProcessTreeContract {

	/** A variable that the build gives these tests, as an operator gives the bridge. */
	static final String SECRET_NAME = "PERGOLA_AGENT_BRIDGE_SERVICE_TOKEN";

	private Path homes;

	private @Nullable Launcher launcher;

	/** Tells processes of a test from all others. */
	private String canary;

	abstract Isolation isolation();

	/** Skips the tests where this machine does not allow it. */
	void prepare() throws IOException {
		// nothing in general
	}

	@Nullable Path cgroup() {
		return null;
	}

	/** Settings of each runner: name, value, name, value. */
	String[] settings() {
		return new String[0];
	}

	@BeforeEach
	void choose() {
		this.canary = "4242." + UUID.randomUUID().toString().replaceAll("\\D", "");
	}

	@BeforeAll
	void open(@TempDir Path folder) throws IOException {
		prepare();
		this.homes = folder;
		this.launcher = new Launcher(this.homes, isolation(), cgroup(), null);
	}

	@AfterAll
	void close() throws IOException {
		if (this.launcher != null) {
			this.launcher.close();
		}
	}

	@Test
	@Tag("CLI-17")
	void nothingSurvivesNotEvenWhatLeftItsSession() throws Exception {
		try (AgentProcess process = start("setsid sleep CANARY & (setsid setsid sleep CANARY &) ; echo ready; cat")) {
			assertThat(line(process)).isEqualTo("ready");
			await().until(() -> Processes.sleeping(this.canary) >= 2);
			process.kill();
			assertThat(Processes.sleeping(this.canary)).isZero();
		}
	}

	@Test
	@Tag("CLI-17")
	void whatAProgramLeavesBehindEndsWithIt() throws Exception {
		try (AgentProcess process = start("setsid sleep CANARY & echo ready; exit 3")) {
			assertThat(line(process)).isEqualTo("ready");
			assertThat(process.awaitExit(Duration.ofSeconds(5))).isTrue();
			assertThat(process.exit()).contains(new Exit(3));
			await().atMost(Duration.ofSeconds(3)).until(() -> Processes.sleeping(this.canary) == 0);
		}
	}

	@Test
	@Tag("CLI-16")
	void aStoppedProgramIsKilledAllTheSame() throws Exception {
		try (AgentProcess process = start("sleep CANARY & echo ready; kill -STOP $$; cat")) {
			assertThat(line(process)).isEqualTo("ready");
			process.signal(Signal.TERM);
			process.kill();
			assertThat(process.isAlive()).isFalse();
			assertThat(Processes.sleeping(this.canary)).isZero();
		}
	}

	@Test
	@Tag("CLI-16")
	void signalsReachTheProgramItself() throws Exception {
		try (AgentProcess process = start(
				"trap 'echo int' INT; trap 'echo term; exit 7' TERM; echo ready; while :; do read -t 0.05; done")) {
			assertThat(line(process)).isEqualTo("ready");
			process.signal(Signal.INT);
			assertThat(line(process)).isEqualTo("int");
			process.signal(Signal.TERM);
			assertThat(line(process)).isEqualTo("term");
			assertThat(process.awaitExit(Duration.ofSeconds(5))).isTrue();
			assertThat(process.exit()).contains(new Exit(7));
		}
	}

	@Test
	@Tag("CLI-19")
	void noZombieIsLeft() throws Exception {
		try (AgentProcess process = start("for i in 1 2 3; do (setsid true &) ; done; exec sleep CANARY")) {
			await().until(() -> Processes.sleeping(this.canary) == 1);
			process.kill();
		}
		assertThat(Processes.zombies()).isEmpty();
	}

	@Test
	@Tag("CLI-3")
	void homesArePrivateAndGoneAfterwards() throws Exception {
		Path home;
		try (AgentProcess process = start("printf '%s\\n' \"$HOME\"; stat -c %a \"$HOME\"; cat")) {
			home = Path.of(line(process));
			assertThat(home.getParent()).isEqualTo(this.homes);
			assertThat(line(process)).isEqualTo("700");
		}
		await().untilAsserted(() -> {
			assertThat(home).doesNotExist();
			assertThat(this.homes.resolve("leases")).isEmptyDirectory();
		});
	}

	@Test
	@Tag("CLI-18")
	void whatABridgeThatWasKilledLeftIsEndedByTheNext() throws Exception {
		Process other = Bridge.start(this.homes, isolation(), cgroup(),
				"setsid sleep " + this.canary + " & echo ready; exec sleep " + this.canary, settings());
		try {
			await().atMost(Duration.ofSeconds(20)).until(() -> Processes.sleeping(this.canary) >= 2);
			assertThat(this.launcher.reap()).as("of a bridge that lives").isZero();
			assertThat(Processes.sleeping(this.canary)).isGreaterThanOrEqualTo(2);
		}
		finally {
			other.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
		}
		afterTheBridgeWasKilled();
		this.launcher.reap();
		assertThat(Processes.sleeping(this.canary)).isZero();
		await().untilAsserted(() -> {
			assertThat(this.homes).isDirectoryNotContaining("glob:**/run-*");
			assertThat(this.homes.resolve("leases")).isEmptyDirectory();
		});
	}

	/** What holds before the next bridge looks. */
	void afterTheBridgeWasKilled() {
		// nothing in general
	}

	Path homes() {
		return this.homes;
	}

	int survivors() {
		return Processes.sleeping(this.canary);
	}

	AgentProcess start(String script) throws IOException {
		return start(TestRunner.script(script.replace("CANARY", this.canary), settings()));
	}

	AgentProcess start(Runner runner) throws IOException {
		return this.launcher.start(runner, Map.of());
	}

	static String line(AgentProcess process) throws Exception {
		return String.valueOf(process.io().readLine());
	}

}

package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;

import dev.pergola.bridge.runner.TestRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Skipped where this process may make no control groups. */
class CgroupIntegrationTests extends ProcessTreeContract {

	private @Nullable Path group;

	@Override
	void prepare() throws IOException {
		Path root = Stream.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"))
			.filter((folder) -> Files.exists(folder.resolve("cgroup.procs")) && Files.isWritable(folder))
			.findFirst()
			.orElse(null);
		assumeThat(root).as("a control group of version 2 that may be written").isNotNull();
		this.group = Files.createDirectory(root.resolve("pergola-test-" + UUID.randomUUID()));
	}

	@Test
	@Tag("CLI-25")
	void aProgramThatWantsMoreMemoryThanItMayIsKilled() throws Exception {
		assumeThat(this.group).isNotNull();
		assumeThat(this.group.resolve("memory.max")).as("a control group whose memory may be limited").exists();
		String script = "echo ready; head -c 200M /dev/zero | tail -c 200M | wc -c";
		try (AgentProcess process = start(TestRunner.script(script, "sandbox.memory", "32MB"))) {
			assertThat(line(process)).isEqualTo("ready");
			assertThat(process.io().readLine()).isNull();
			assertThat(process.awaitExit(Duration.ofSeconds(20))).isTrue();
			assertThat(process.exit()).contains(new Exit(137));
		}
	}

	@Test
	@Tag("CLI-25")
	void aProgramThatWantsMoreProcessesThanItMayDoesNotGetThem() throws Exception {
		assumeThat(this.group).isNotNull();
		assumeThat(this.group.resolve("pids.max")).as("a control group whose processes may be limited").exists();
		String script = "for i in $(seq 40); do sleep 60 & done 2>/dev/null; jobs -p | wc -l";
		try (AgentProcess process = start(TestRunner.script(script, "sandbox.processes", "20"))) {
			assertThat(process.io().readLine()).satisfiesAnyOf((none) -> assertThat(none).isNull(),
					(some) -> assertThat(Integer.parseInt(some.strip())).isLessThan(20));
		}
	}

	@AfterAll
	@Override
	void close() throws IOException {
		super.close();
		if (this.group != null) {
			Files.delete(this.group);
		}
	}

	@Override
	Isolation isolation() {
		return Isolation.CGROUP;
	}

	@Override
	@Nullable Path cgroup() {
		return this.group;
	}

}

package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.TestRunner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

@ExtendWith(OutputCaptureExtension.class)
class MarkedIntegrationTests extends ProcessTreeContract {

	@Override
	Isolation isolation() {
		return Isolation.NONE;
	}

	@Test
	@Tag("CLI-26")
	void saysThatProgramsCanReadTheSecretsOfTheBridge(@TempDir Path homes, CapturedOutput output) {
		new Launcher(homes, Isolation.NONE, null, null).close();
		assertThat(output).contains("whose environment they can read").contains(SECRET_NAME);
		assertThat(output).doesNotContain(System.getenv(SECRET_NAME));
	}

	@Test
	@Tag("CLI-25")
	void saysThatNothingTakesRightsFromPrograms(@TempDir Path empty, CapturedOutput output) {
		new Fences(empty.toString()).find(Isolation.NONE, null);
		assertThat(output).contains("no program setpriv");
	}

	@Test
	@Tag("CLI-25")
	void aRunnerWhoseSandboxCannotBeHadIsRefusedInOneLine(@TempDir Path homes, CapturedOutput output) {
		Runner boxed = TestRunner.script("cat", "sandbox.profile", "bubblewrap");
		Runner limited = TestRunner.script("cat", "sandbox.cpus", "1.5");
		Fences empty = new Fences(homes.toString());
		try (Launcher launcher = new Launcher(homes, empty, new OpenFence(List.of()), null)) {
			launcher.check(Map.of("boxed", boxed, "limited", limited, "other", TestRunner.script("cat")));
			assertThat(output.toString().lines().filter((line) -> line.contains("are not started"))).hasSize(2)
				.anyMatch((line) -> line.endsWith("runner boxed are not started: no program bwrap on the PATH"))
				.anyMatch((line) -> line.contains("runner limited are not started: no control group"));
			assertThatIOException().isThrownBy(() -> launcher.start(boxed, Map.of())).withMessageContaining("bwrap");
			assertThatIOException().isThrownBy(() -> launcher.start(limited, Map.of())).withMessageContaining("cpus");
		}
		assertThat(homes).isDirectoryNotContaining("glob:**/{run,probe}-*");
	}

	@Test
	@Tag("CLI-25")
	void whatBubblewrapSaysOfAMachineThatRefusesItIsTold(@TempDir Path homes, @TempDir Path programs)
			throws IOException {
		Path bwrap = programs.resolve("bwrap");
		Files.writeString(bwrap, "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2; exit 1\n");
		assertThat(bwrap.toFile().setExecutable(true)).isTrue();
		Fences machine = new Fences(programs + ":" + System.getenv("PATH"));
		try (Launcher launcher = new Launcher(homes, machine, new OpenFence(List.of()), null)) {
			assertThatIOException()
				.isThrownBy(() -> launcher.start(TestRunner.script("cat", "sandbox.profile", "bubblewrap"), Map.of()))
				.withMessage("sandbox.profile cannot be had here: bwrap: No permissions to create new namespace");
		}
		assertThat(homes).isDirectoryNotContaining("glob:**/{run,probe}-*");
	}

	@Test
	@Tag("CLI-17")
	void aProgramThatWasStartedInVainIsGone(@TempDir Path homes) throws IOException {
		String canary = "4242." + UUID.randomUUID().toString().replaceAll("\\D", "");
		Fence broken = new Behind(new OpenFence(List.of())) {
			@Override
			public ProcessTree tree(ProcessHandle process, String mark, int wrappers) {
				throw new NoClassDefFoundError("broken");
			}
		};
		try (Launcher launcher = new Launcher(homes, Fences.ofMachine(), broken, null)) {
			assertThatExceptionOfType(NoClassDefFoundError.class)
				.isThrownBy(() -> launcher.start(TestRunner.script("sleep " + canary), Map.of()));
		}
		assertThat(Processes.sleeping(canary)).isZero();
		assertThat(homes.resolve("leases")).isEmptyDirectory();
		assertThat(homes).isDirectoryNotContaining("glob:**/run-*");
	}

	@Test
	@Tag("CLI-18")
	void aControlGroupThatWasLeftIsEndedAsAWhole(@TempDir Path homes, @TempDir Path cgroup) throws IOException {
		Path off = Files.createFile(Files.createDirectory(cgroup.resolve("pergola-m1")).resolve("cgroup.kill"));
		Files.createDirectories(homes.resolve("leases"));
		Files.writeString(homes.resolve("leases/m1"), "4194305 1 -\n" + homes.resolve("run-1") + "\n");
		new Leases(homes, new CgroupFence(List.of(), cgroup, "sh")).reap();
		assertThat(off).hasContent("1");
		assertThat(homes.resolve("leases")).isEmptyDirectory();
	}

	/** A fence with something of its own. */
	private static class Behind implements Fence {

		private final Fence fence;

		Behind(Fence fence) {
			this.fence = fence;
		}

		@Override
		public List<String> prefix(String mark) {
			return this.fence.prefix(mark);
		}

		@Override
		public ProcessTree tree(ProcessHandle process, String mark, int wrappers) {
			return this.fence.tree(process, mark, wrappers);
		}

		@Override
		public void kill(String mark) {
			this.fence.kill(mark);
		}

		@Override
		public void release(String mark) {
			this.fence.release(mark);
		}

		@Override
		public boolean endsWithBridge() {
			return this.fence.endsWithBridge();
		}

		@Override
		public boolean hidesBridge() {
			return this.fence.hidesBridge();
		}

	}

}

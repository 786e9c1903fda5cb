package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.pergola.bridge.runner.Sandbox;
import dev.pergola.bridge.runner.TestRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Folders as the kernel has them; nothing is enforced here. */
@Tag("CLI-25")
class CgroupFenceTests {

	@TempDir
	private Path root;

	@Test
	void theGroupOfAProgramHasItsLimits() throws IOException {
		Path group = Files.createDirectory(this.root.resolve("pergola-m1"));
		for (String file : List.of("memory.max", "memory.swap.max", "memory.oom.group", "pids.max", "cpu.max")) {
			Files.createFile(group.resolve(file));
		}
		groups().limit("m1", sandbox("memory", "3MB", "processes", "40", "cpus", "1.5"));
		assertThat(group.resolve("memory.max")).hasContent("3145728");
		assertThat(group.resolve("memory.swap.max")).hasContent("0");
		assertThat(group.resolve("memory.oom.group")).as("all of it ends").hasContent("1");
		assertThat(group.resolve("pids.max")).hasContent("40");
		assertThat(group.resolve("cpu.max")).as("microseconds of 100 ms").hasContent("150000 100000");
	}

	@Test
	void whatIsNotLimitedIsLeftAsItIs() throws IOException {
		Path group = Files.createDirectory(this.root.resolve("pergola-m1"));
		groups().limit("m1", sandbox());
		assertThat(group).isEmptyDirectory();
	}

	@ParameterizedTest
	@CsvSource({ "memory, 3MB, memory", "processes, 40, pids", "cpus, 0.5, cpu" })
	void aGroupThatCannotLimitIsRefused(String name, String value, String controller) {
		Sandbox sandbox = sandbox(name, value);
		assertThatIOException().isThrownBy(() -> groups().limit("m1", sandbox))
			.withMessageEndingWith("no controller of " + controller);
		assertThatIOException().isThrownBy(() -> namespace(null).limit("m1", sandbox))
			.withMessageContaining("no control group");
	}

	@Test
	void aNamespaceIsPutIntoAGroupWhereItIsLimited() throws IOException {
		assertThat(namespace(groups()).prefix("m1")).startsWith("unshare");
		Files.createDirectory(this.root.resolve("pergola-m1"));
		assertThat(namespace(groups()).prefix("m1")).startsWith("sh", "-c")
			.containsSubsequence(this.root.resolve("pergola-m1").toString(), "unshare");
	}

	@Test
	void aGroupThatIsBusyAtFirstIsTakenAwayAfterwards() throws Exception {
		Path group = Files.createDirectory(this.root.resolve("pergola-m1"));
		Path process = Files.createFile(group.resolve("process"));
		Thread release = Thread.ofPlatform().start(() -> groups().release("m1"));
		while (release.isAlive() && release.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		Files.delete(process);
		release.join();
		assertThat(group).doesNotExist();
	}

	private static Sandbox sandbox(String... settings) {
		String[] named = settings.clone();
		for (int index = 0; index < named.length; index += 2) {
			named[index] = "sandbox." + named[index];
		}
		return TestRunner.script("cat", named).sandbox();
	}

	private CgroupFence groups() {
		return new CgroupFence(List.of(), this.root, "sh");
	}

	private static NamespaceFence namespace(@Nullable CgroupFence groups) {
		return new NamespaceFence(List.of(), List.of("unshare"), "sh", groups);
	}

}

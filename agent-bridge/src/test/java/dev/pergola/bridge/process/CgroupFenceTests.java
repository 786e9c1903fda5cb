package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Folders as the kernel has them; nothing is enforced here. */
@Tag("CLI-25")
class CgroupFenceTests {

	@TempDir
	private Path root;

	@Test
	void theGroupOfAProgramHasItsLimit() throws IOException {
		Path group = Files.createDirectory(this.root.resolve("pergola-m1"));
		for (String file : List.of("memory.max", "memory.swap.max", "memory.oom.group")) {
			Files.createFile(group.resolve(file));
		}
		groups().limitMemory("m1", DataSize.ofMegabytes(3));
		assertThat(group.resolve("memory.max")).hasContent("3145728");
		assertThat(group.resolve("memory.swap.max")).hasContent("0");
		assertThat(group.resolve("memory.oom.group")).as("all of it ends").hasContent("1");
	}

	@Test
	void aGroupThatCannotLimitMemoryIsRefused() {
		assertThatIOException().isThrownBy(() -> groups().limitMemory("m1", DataSize.ofMegabytes(3)))
			.withMessageContaining("no controller of memory");
		assertThatIOException().isThrownBy(() -> namespace(null).limitMemory("m1", DataSize.ofMegabytes(3)));
	}

	@Test
	void aNamespaceIsPutIntoAGroupWhereItsMemoryIsLimited() throws IOException {
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

	private CgroupFence groups() {
		return new CgroupFence(List.of(), this.root, "sh");
	}

	private static NamespaceFence namespace(@Nullable CgroupFence groups) {
		return new NamespaceFence(List.of(), List.of("unshare"), "sh", groups);
	}

}

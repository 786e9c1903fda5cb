package dev.pergola.bridge.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("CLI-23")
class FreeMemoryTests {

	private static final long MEGABYTE = 1024 * 1024;

	@TempDir
	private Path root;

	@Test
	void theMachineHasToHaveThatMuch() throws IOException {
		write("proc/meminfo", "MemTotal:  8000000 kB\nMemFree:  1 kB\nMemAvailable:    204800 kB\n");
		assertThat(new FreeMemory(this.root, 200 * MEGABYTE).getAsBoolean()).isTrue();
		assertThat(new FreeMemory(this.root, 201 * MEGABYTE).getAsBoolean()).isFalse();
		assertThat(new FreeMemory(this.root, 50 * MEGABYTE).holds(4)).isTrue();
		assertThat(new FreeMemory(this.root, 50 * MEGABYTE).holds(5)).isFalse();
	}

	@Test
	void soHasTheContainer() throws IOException {
		write("proc/meminfo", "MemAvailable: 8000000 kB\n");
		write("sys/fs/cgroup/memory.max", (500 * MEGABYTE) + "\n");
		write("sys/fs/cgroup/memory.current", (400 * MEGABYTE) + "\n");
		assertThat(new FreeMemory(this.root, 100 * MEGABYTE).getAsBoolean()).isTrue();
		assertThat(new FreeMemory(this.root, 101 * MEGABYTE).getAsBoolean()).isFalse();
		write("sys/fs/cgroup/memory.max", "max\n");
		assertThat(new FreeMemory(this.root, 101 * MEGABYTE).getAsBoolean()).isTrue();
	}

	@Test
	void filesThatWereReadDoNotCount() throws IOException {
		write("proc/meminfo", "MemAvailable: 8000000 kB\n");
		write("sys/fs/cgroup/memory.max", (500 * MEGABYTE) + "\n");
		write("sys/fs/cgroup/memory.current", (450 * MEGABYTE) + "\n");
		write("sys/fs/cgroup/memory.stat", "anon 1\nactive_file 7\ninactive_file " + (50 * MEGABYTE) + "\nslab 3\n");
		assertThat(new FreeMemory(this.root, 100 * MEGABYTE).getAsBoolean()).isTrue();
		assertThat(new FreeMemory(this.root, 101 * MEGABYTE).getAsBoolean()).isFalse();
	}

	@Test
	void whereItCannotBeReadOrIsNotAskedForThereIsRoom() {
		assertThat(new FreeMemory(this.root, Long.MAX_VALUE).getAsBoolean()).isTrue();
		assertThat(FreeMemory.ofMachine(0).getAsBoolean()).isTrue();
		assertThat(FreeMemory.ofMachine(1).getAsBoolean()).isTrue();
	}

	private void write(String file, String text) throws IOException {
		Path path = this.root.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

}

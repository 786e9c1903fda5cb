package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

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

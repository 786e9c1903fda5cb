package dev.pergola.cli.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

import dev.pergola.cli.registry.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TarballTests {

	@TempDir
	Path folder;

	@Test
	void theSameFilesAreTheSameBytes() throws IOException {
		Path file = Files.writeString(this.folder.resolve("a.js"), "1");
		byte[] manifest = "{}".getBytes(StandardCharsets.UTF_8);
		byte[] first = Tarball.pack(manifest, Map.of("a.js", file));
		Files.setLastModifiedTime(file, FileTime.fromMillis(0));
		assertThat(Tarball.pack(manifest, Map.of("a.js", file))).isEqualTo(first);
	}

	@Test
	void aPathNoTarCanHoldIsRefused() throws IOException {
		Path file = Files.writeString(this.folder.resolve("a.js"), "1");
		Map<String, Path> files = Map.of("a".repeat(200) + ".js", file);
		assertThatExceptionOfType(CommandException.class).isThrownBy(() -> Tarball.pack(new byte[0], files))
			.withMessageContaining("too long");
	}

}

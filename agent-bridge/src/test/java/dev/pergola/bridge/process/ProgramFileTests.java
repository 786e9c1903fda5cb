package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

import dev.pergola.bridge.runner.TestRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@Tag("CLI-5")
class ProgramFileTests {

	private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

	private final ProgramFile files = new ProgramFile();

	private Path program;

	@BeforeEach
	void write(@TempDir Path folder) throws IOException {
		this.program = folder.resolve("agent");
		Files.writeString(this.program, "#!/bin/sh\necho agent 2.1.9 '(test)'\n");
		assertThat(this.program.toFile().setExecutable(true)).isTrue();
	}

	@Test
	void aFileThatIsNotThePinnedOneIsRefused() throws Exception {
		String digest = HexFormat.of()
			.formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(this.program)));
		assertThat(check("pin.digest", digest)).isEqualTo(this.program);
		Files.writeString(this.program, "#!/bin/sh\necho something else\n");
		assertThatIOException().isThrownBy(() -> check("pin.digest", digest)).withMessageContaining("pinned");
	}

	@Test
	void aVersionBelowTheMinimumIsRefused() throws IOException {
		assertThat(check(version("2.1.9"))).isEqualTo(this.program);
		assertThatIOException().isThrownBy(() -> check(version("2.1.10")))
			.withMessageContaining("2.1.9 is below 2.1.10");
	}

	@Test
	void aProgramThatTellsNoVersionIsRefused() throws IOException {
		Files.writeString(this.program, "#!/bin/sh\nexit 3\n");
		assertThatIOException().isThrownBy(() -> check(version("1")));
	}

	@ParameterizedTest
	@CsvSource({ "1.2.3, 1.2.3, 0", "1.10, 1.9, 1", "1.2, 1.2.0, 0", "2, 10, -1", "1.2.3, 1.3, -1" })
	void versionsAreComparedNumberByNumber(String one, String other, int expected) {
		assertThat(ProgramFile.compare(one, other)).isEqualTo(expected);
	}

	private String[] version(String minimum) {
		return new String[] { "pin.version-command[0]", this.program.toString(), "pin.minimum-version", minimum };
	}

	private Path check(String... settings) throws IOException {
		return this.files.check(TestRunner.program(this.program.toString(), settings), PATH);
	}

}

package dev.pergola.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StartChecksTests {

	@TempDir
	Path directory;

	@Test
	void aTakenPortIsSaidInOneSentence() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			StartChecks checks = new StartChecks(
					Map.of(new StartChecks.Port(taken.getLocalPort(), "server.port"), "the portal"), this.directory);
			assertThatExceptionOfType(StartRefusedException.class).isThrownBy(checks::run)
				.withMessage("port %d, meant for the portal, is taken; stop what listens there or choose another port "
						+ "with --server.port=…", taken.getLocalPort());
		}
	}

	@Test
	void aDirectoryThatCannotBeMadeIsSaidInOneSentence() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> new StartChecks(Map.of(), file.resolve("var")).run())
			.withMessageContaining(file.resolve("var").toString())
			.withMessageContaining("--pergola.standalone.directory");
	}

	@Test
	void leavesNothingBehind() {
		new StartChecks(Map.of(new StartChecks.Port(0, "server.port"), "the portal"), this.directory).run();
		assertThat(this.directory).isEmptyDirectory();
	}

}

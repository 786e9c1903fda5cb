package dev.pergola.bridge.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.pergola.bridge.runner.TestRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** Skipped where there is no bwrap that works. */
@Tag("CLI-25")
class BubblewrapIntegrationTests extends ProcessTreeContract {

	/** Not in `/tmp`, where a program sees its own. */
	private Path machine;

	@Override
	void prepare() throws IOException {
		assumeThat(Processes.haveBubblewrap()).as("a program bwrap that may make namespaces here").isTrue();
	}

	@Override
	Isolation isolation() {
		return Isolation.AUTO;
	}

	@Override
	String[] settings() {
		return new String[] { "sandbox.profile", "bubblewrap" };
	}

	@BeforeEach
	void make() throws IOException {
		this.machine = Files.createTempDirectory(Path.of("/var/tmp"), "pergola-machine-");
		Files.writeString(Files.createDirectory(this.machine.resolve("data")).resolve("secret"), "canary\n");
	}

	@AfterEach
	void remove() throws IOException {
		FileSystemUtils.deleteRecursively(this.machine);
	}

	@Test
	@Tag("CLI-3")
	void writesItsHomeAndTmpAndNothingElse() throws Exception {
		String script = """
				for folder in / /etc /usr /var/tmp /proc/sys/kernel %s "$HOME/.."; do
				  touch "$folder/canary" 2> /dev/null && echo "wrote $folder"
				done
				cat /proc/sys/vm/swappiness 2> /dev/null > /proc/sys/vm/swappiness && echo "wrote settings"
				echo one > "$HOME/canary" && echo two > /tmp/canary && cat "$HOME/canary" /tmp/canary
				""";
		assertThat(lines(script.formatted(this.machine))).containsExactly("one", "two");
		assertThat(Path.of("/tmp/canary")).doesNotExist();
		assertThat(this.machine.resolve("canary")).doesNotExist();
	}

	@Test
	void writesWhatSettingsLetIt() throws Exception {
		assertThat(lines("echo x > %s/data/canary; touch %<s/canary".formatted(this.machine), "sandbox.writable",
				this.machine + "/data"))
			.isEmpty();
		assertThat(this.machine.resolve("data/canary")).hasContent("x");
		assertThat(this.machine.resolve("canary")).doesNotExist();
	}

	@Test
	@Tag("CLI-26")
	void doesNotSeeWhatIsHidden() throws Exception {
		Path other = Files.createDirectories(homes().resolve("other"));
		Files.writeString(other.resolve("secret"), "of another\n");
		Files.writeString(this.machine.resolve("key"), "key\n");
		String script = "cat %1$s/data/secret %1$s/key %2$s/other/secret; ls -A %1$s/data %2$s; echo end"
			.formatted(this.machine, homes());
		assertThat(lines(script)).as("homes of others are hidden in any case")
			.contains("canary", "key", "secret")
			.doesNotContain("of another", "other");
		assertThat(
				lines(script, "sandbox.hidden[0]", this.machine + "/data", "sandbox.hidden[1]", this.machine + "/key"))
			.doesNotContain("canary", "key", "secret", "of another", "other")
			.endsWith("end");
	}

	@Test
	@Tag("CLI-4")
	void seesItsDirectoryAndCannotWriteIt() throws Exception {
		Path directory = Files.createDirectory(homes().resolveSibling(homes().getFileName() + "-work"));
		try {
			Files.writeString(directory.resolve("instructions"), "be kind\n");
			assertThat(lines("pwd; cat instructions; touch canary || echo refused", "directory", directory.toString()))
				.containsExactly(directory.toString(), "be kind", "refused");
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	@Test
	void callsNothingWithoutNetwork() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			String script = "(: < /dev/tcp/127.0.0.1/%d) && echo reached || echo refused"
				.formatted(server.getLocalPort());
			assertThat(lines(script)).as("as the model gateway is").containsExactly("reached");
			assertThat(lines(script, "sandbox.network", "none")).containsExactly("refused");
		}
	}

	@Test
	@Tag("CLI-26")
	void hasNoSecretsOfTheBridgeAndNoRights() throws Exception {
		assertThat(System.getenv(SECRET_NAME)).isNotEmpty();
		assertThat(lines("env | cut -d= -f1")).isSubsetOf("PATH", "HOME", "TMPDIR", "LANG", "PYTHONUNBUFFERED",
				ProcessTree.MARKER, "PWD", "OLDPWD", "SHLVL", "_");
		assertThat(
				lines("cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep -c SERVICE_TOKEN; ls -d /proc/[0-9]* | wc -l"))
			.first()
			.isEqualTo("0");
		assertThat(lines("grep -E 'CapEff|CapPrm|NoNewPrivs' /proc/self/status | tr -s '\\t' ' '; hostname"))
			.containsExactly("CapPrm: 0000000000000000", "CapEff: 0000000000000000", "NoNewPrivs: 1", "agent");
		assertThat(lines("ls -d /proc/[0-9]* | wc -l")).allMatch((count) -> Integer.parseInt(count.strip()) < 6);
	}

	@Test
	@Tag("CLI-25")
	void hasItsOtherLimitsToo() throws Exception {
		assertThat(lines("ulimit -n", "sandbox.limits.nofile", "57")).containsExactly("57");
	}

	/** The kernel ended it, before anybody looked. */
	@Override
	void afterTheBridgeWasKilled() {
		await().until(() -> survivors() == 0);
	}

	private List<String> lines(String script, String... settings) throws Exception {
		String[] all = Stream.of(settings(), settings).flatMap(Arrays::stream).toArray(String[]::new);
		List<String> lines = new ArrayList<>();
		try (AgentProcess process = start(TestRunner.script(script, all))) {
			for (String line = process.io().readLine(); line != null; line = process.io().readLine()) {
				lines.add(line);
			}
		}
		return lines;
	}

}

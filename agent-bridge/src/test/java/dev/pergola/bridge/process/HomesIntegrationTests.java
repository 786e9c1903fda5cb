package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.pergola.bridge.runner.TestRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of homes when their programs have ended. */
@Timeout(60)
@Tag("CLI-3")
class HomesIntegrationTests {

	private static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r-xr-xr-x");

	private static final Set<PosixFilePermission> NOTHING = PosixFilePermissions.fromString("---------");

	private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

	@TempDir
	private Path homes;

	private Path parent;

	private Path home;

	@BeforeEach
	void make() throws IOException {
		this.parent = Files.createDirectory(this.homes.resolve("parent"));
		this.home = Files.createDirectory(this.parent.resolve("run-1"));
	}

	@AfterEach
	void unlock() throws IOException {
		Files.setPosixFilePermissions(this.parent, OWN);
	}

	@Test
	void foldersWithoutRightsAreDeletedAndLinksAreNotFollowed(@TempDir Path elsewhere) throws Exception {
		Files.createFile(elsewhere.resolve("kept"));
		Files.setPosixFilePermissions(elsewhere, READ_ONLY);
		Path outer = Files.createDirectory(this.home.resolve("outer"));
		Path inner = Files.createDirectory(outer.resolve("inner"));
		Files.createFile(inner.resolve("file"));
		Files.createSymbolicLink(outer.resolve("link"), elsewhere);
		Files.setPosixFilePermissions(inner, NOTHING);
		Files.setPosixFilePermissions(outer, READ_ONLY);
		leave();
		assertThat(this.home).doesNotExist();
		assertThat(this.homes.resolve("leases")).isEmptyDirectory();
		assertThat(elsewhere.resolve("kept")).exists();
		assertThat(Files.getPosixFilePermissions(elsewhere)).isEqualTo(READ_ONLY);
		Files.setPosixFilePermissions(elsewhere, OWN);
	}

	@Test
	@Tag("CLI-18")
	void whatCannotBeDeletedIsLeftToTheNextBridge() throws Exception {
		Files.setPosixFilePermissions(this.parent, READ_ONLY);
		leave();
		assertThat(this.home).exists();
		assertThat(this.homes.resolve("leases/m1")).exists();
		Files.setPosixFilePermissions(this.parent, OWN);
		new Leases(this.homes, new OpenFence(List.of())).reap();
		assertThat(this.home).doesNotExist();
		assertThat(this.homes.resolve("leases")).isEmptyDirectory();
	}

	@Test
	@Tag("CLI-16")
	void nobodyWaitsForTheDeletion() throws Exception {
		CountDownLatch busy = new CountDownLatch(1);
		ExecutorService deletions = Executors.newSingleThreadExecutor();
		deletions.submit(() -> busy.await(30, TimeUnit.SECONDS));
		Path program;
		try (Launcher launcher = new Launcher(this.homes, Fences.ofMachine(), new OpenFence(List.of()), null,
				deletions)) {
			AgentProcess process = launcher.start(TestRunner.script("cat"), Map.of());
			program = process.io().home();
			process.close();
			assertThat(process.isAlive()).isFalse();
			assertThat(program).exists();
			assertThat(this.homes.resolve("leases")).isNotEmptyDirectory();
			busy.countDown();
		}
		assertThat(program).doesNotExist();
		assertThat(this.homes.resolve("leases")).isEmptyDirectory();
	}

	/** Who may do anything would not notice what a folder allows. */
	private void leave() throws Exception {
		List<String> command = new ArrayList<>();
		if (Files.getOwner(this.home).getName().equals("root")) {
			command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
		}
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp", System.getProperty("java.class.path"),
				Leaving.class.getName(), this.homes.toString(), this.home.toString()));
		assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
	}

	/** A bridge whose program has ended. */
	static final class Leaving {

		private Leaving() {
		}

		/** Folder of homes, home. */
		static void main(String[] args) throws IOException {
			Leases leases = new Leases(Path.of(args[0]), new OpenFence(List.of()));
			leases.take("m1", Path.of(args[1]));
			try (Homes homes = new Homes(leases, Executors.newSingleThreadExecutor())) {
				homes.leave("m1", Path.of(args[1]));
			}
		}

	}

}

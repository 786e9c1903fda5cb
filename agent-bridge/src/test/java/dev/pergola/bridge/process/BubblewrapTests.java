package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.pergola.bridge.runner.Sandbox;
import dev.pergola.bridge.runner.TestRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** The words, as they are composed; nothing is run. */
@Tag("CLI-25")
class BubblewrapTests {

	@TempDir
	private Path folder;

	private final Folders folders = new Folders();

	private Path homes;

	private Path home;

	@BeforeEach
	void make() throws IOException {
		this.homes = Files.createDirectory(this.folder.resolve("homes"));
		this.home = Files.createDirectory(this.homes.resolve("run-1"));
	}

	@Test
	void aProgramIsApartFromTheMachineWhoseFilesItCanOnlyRead() throws IOException {
		List<String> words = words(this.home);
		assertThat(words).startsWith("/usr/bin/bwrap")
			.contains("--unshare-pid", "--unshare-ipc", "--unshare-uts", "--new-session", "--die-with-parent")
			.containsSequence("--cap-drop", "ALL")
			.containsSubsequence("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--ro-bind-try",
					"/proc/sys", "/proc/sys")
			.doesNotContain("--unshare-net");
		assertThat(words).endsWith("--chdir", this.home.toString(), "--", "/bin/sh", "-c", "exec \"$@\"",
				"pergola-agent");
	}

	@Test
	void itsHomeIsTheOnlyOneItSeesAndTheOnlyOneItWrites() throws IOException {
		assertThat(words(this.home)).containsSubsequence("--bind", this.home.resolve("tmp").toString(), "/tmp",
				"--tmpfs", this.homes.toString(), "--bind", this.home.toString(), this.home.toString(), "--remount-ro",
				this.homes.toString());
	}

	@Test
	void withoutNetworkItHasOneOfItsOwn() throws IOException {
		assertThat(words(this.home, "sandbox.network", "none")).contains("--unshare-net");
	}

	@Test
	void whatMayBeWrittenIsSeenAlsoWhereItIsInWhatIsHidden() throws IOException {
		Path hidden = Files.createDirectory(this.folder.resolve("data"));
		Path writable = Files.createDirectory(hidden.resolve("scratch"));
		assertThat(words(this.home, "sandbox.hidden", hidden.toString(), "sandbox.writable", writable.toString()))
			.containsSubsequence("--tmpfs", hidden.toString(), "--bind", writable.toString(), writable.toString(),
					"--remount-ro", hidden.toString());
	}

	@Test
	void aFileIsHiddenToo() throws IOException {
		Path file = Files.createFile(this.folder.resolve("key"));
		Path link = Files.createSymbolicLink(this.folder.resolve("link"), file);
		assertThat(words(this.home, "sandbox.hidden[0]", link.toString(), "sandbox.hidden[1]", "/no/such/file"))
			.as("under its real name")
			.containsSequence("--ro-bind", "/dev/null", file.toRealPath().toString())
			.doesNotContain(link.toString(), "/no/such/file");
	}

	@Test
	void itsDirectoryIsSeenAndNotWrittenUnlessSettingsSaySo() throws IOException {
		Path directory = Files.createDirectory(this.folder.resolve("work"));
		String name = directory.toString();
		assertThat(words(directory)).as("though it is in /tmp").containsSequence("--ro-bind", name, name);
		assertThat(words(directory, "sandbox.writable", name)).containsSequence("--bind", name, name)
			.doesNotContainSequence("--ro-bind", name, name);
		assertThat(words(Path.of("/usr/lib"))).doesNotContainSequence("--ro-bind", "/usr/lib");
	}

	@Test
	void whatTheBridgeNeedsCannotBeWritten() {
		assertThatIOException().isThrownBy(() -> words(this.home, "sandbox.writable", this.folder.toString()))
			.withMessageStartingWith("sandbox.writable: " + this.folder);
		assertThatIOException().isThrownBy(() -> words(this.home, "sandbox.writable", this.homes.toString()));
	}

	@Test
	void whatMayBeWrittenMustExistAndStayWhereItIs() throws IOException {
		Path link = this.folder.resolve("link");
		assertThatIOException().isThrownBy(() -> words(this.home, "sandbox.writable", link.toString()))
			.withMessage("sandbox.writable: no file or folder " + link);
		Path first = Files.createDirectory(this.folder.resolve("first"));
		Files.createSymbolicLink(link, first);
		assertThat(words(this.home, "sandbox.writable", link.toString())).containsSequence("--bind", first.toString());
		Files.delete(link);
		Files.createSymbolicLink(link, this.homes);
		assertThatIOException().isThrownBy(() -> words(this.home, "sandbox.writable", link.toString()))
			.withMessageContaining("leads elsewhere");
	}

	private List<String> words(Path directory, String... settings) throws IOException {
		String[] all = new String[settings.length + 2];
		System.arraycopy(settings, 0, all, 2, settings.length);
		all[0] = "sandbox.profile";
		all[1] = "bubblewrap";
		Sandbox sandbox = TestRunner.script("cat", all).sandbox();
		return new Bubblewrap("/usr/bin/bwrap", "/bin/sh", this.homes, this.folders).words(sandbox, this.home,
				directory);
	}

}

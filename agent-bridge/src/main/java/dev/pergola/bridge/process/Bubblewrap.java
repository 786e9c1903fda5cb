package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.pergola.bridge.runner.Sandbox;
import dev.pergola.bridge.runner.SandboxNetwork;

/**
 * Composes the words of bubblewrap: the machine's files can only be read, home and `/tmp`
 * are the run's own, and so are processes, devices and the name of the host.
 *
 * @param bwrap Program bubblewrap.
 * @param shell Becomes the program; unlike bubblewrap it tells by its exit code that it
 * could not.
 * @param homes Folder of all homes; a program sees its own only.
 * @param folders Where settings led at first.
 */
record Bubblewrap(String bwrap, String shell, Path homes, Folders folders) {

	/** Bubblewrap, and the first process of its namespace. */
	static final int WRAPPERS = 2;

	private static final List<String> APART = List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts",
			"--unshare-cgroup-try", "--hostname", "agent", "--new-session", "--die-with-parent", "--cap-drop", "ALL");

	private static final List<String> MACHINE = List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc");

	/**
	 * A root without capabilities may write these all the same, and with them to the
	 * machine.
	 */
	private static final List<String> KERNEL = Stream.of("acpi", "fs", "mtrr", "scsi", "sys", "sysrq-trigger")
		.map((name) -> "/proc/" + name)
		.flatMap((file) -> Stream.of("--ro-bind-try", file, file))
		.toList();

	private static final Path TMP = Path.of("/tmp");

	private static final List<Path> SECRETS = List.of(Path.of("/var/run/secrets"));

	private static final String BECOME = "exec \"$@\"";

	/**
	 * Words in front of a program.
	 * @param home the run's own, with a folder `tmp` in it
	 * @param directory where the program begins; seen, but written only where settings
	 * let it
	 * @throws IOException where a folder is missing, or settings would let the bridge's
	 * own be written
	 */
	List<String> words(Sandbox sandbox, Path home, Path directory) throws IOException {
		List<String> words = new ArrayList<>(List.of(this.bwrap));
		words.addAll(APART);
		if (sandbox.network() == SandboxNetwork.NONE) {
			words.add("--unshare-net");
		}
		words.addAll(MACHINE);
		words.addAll(KERNEL);
		words.addAll(mounts(sandbox, home, directory).words());
		words.addAll(List.of("--chdir", directory.toString(), "--", this.shell, "-c", BECOME, "pergola-agent"));
		return words;
	}

	private Mounts mounts(Sandbox sandbox, Path home, Path directory) throws IOException {
		Mounts mounts = new Mounts();
		mounts.write(home.resolve("tmp"), TMP);
		for (Path hidden : Stream.concat(SECRETS.stream(), sandbox.hiddenPaths().stream()).toList()) {
			if (Files.exists(hidden)) {
				mounts.hide(this.folders.real(hidden));
			}
		}
		mounts.hide(this.homes);
		for (Path writable : sandbox.writablePaths()) {
			Path real = writable(writable);
			mounts.write(real, real);
		}
		mounts.write(home, home);
		mounts.read(directory);
		return mounts;
	}

	private Path writable(Path named) throws IOException {
		if (!Files.exists(named)) {
			throw new IOException("sandbox.writable: no file or folder %s".formatted(named));
		}
		Path real = this.folders.real(named);
		if (this.homes.startsWith(real) || real.startsWith(this.homes)) {
			throw new IOException(
					"sandbox.writable: %s and the bridge's own folder are one in the other".formatted(named));
		}
		return real;
	}

}

package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.pergola.bridge.runner.Sandbox;
import dev.pergola.bridge.runner.SandboxProfile;

/**
 * Words in front of a program that take rights from it.
 */
final class Confinement {

	private final Fences machine;

	private final Path homes;

	private final Folders folders;

	/**
	 * @param machine knows the programs that are here
	 * @param homes folder of all homes, without links in its path
	 */
	Confinement(Fences machine, Path homes, Folders folders) {
		this.machine = machine;
		this.homes = homes;
		this.folders = folders;
	}

	/** Number of processes these words put in front of a program. */
	static int wrappers(Sandbox sandbox) {
		return switch (sandbox.profile()) {
			case NONE -> 0;
			case BUBBLEWRAP -> Bubblewrap.WRAPPERS;
		};
	}

	/**
	 * The words; the program follows them.
	 * @throws IOException where this machine has not what that takes
	 */
	List<String> words(Sandbox sandbox, Path home, Path directory) throws IOException {
		List<String> words = new ArrayList<>();
		Optional<String> setpriv = this.machine.program(Fences.SETPRIV);
		if (sandbox.noNewPrivileges() && setpriv.isPresent()) {
			words.addAll(List.of(setpriv.get(), "--no-new-privs"));
		}
		if (!sandbox.limits().isEmpty()) {
			words.add(program("prlimit"));
			sandbox.limits().forEach((name, value) -> words.add("--" + name + "=" + value));
		}
		sandbox.wrapper()
			.forEach((word) -> words
				.add(word.replace("{home}", home.toString()).replace("{directory}", directory.toString())));
		if (sandbox.profile() == SandboxProfile.BUBBLEWRAP) {
			words.addAll(new Bubblewrap(program("bwrap"), program("sh"), this.homes, this.folders).words(sandbox, home,
					directory));
		}
		return words;
	}

	private String program(String name) throws IOException {
		return this.machine.program(name)
			.orElseThrow(() -> new IOException("no program %s on the PATH".formatted(name)));
	}

}

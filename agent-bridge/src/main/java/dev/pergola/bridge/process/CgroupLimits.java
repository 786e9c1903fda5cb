package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.pergola.bridge.runner.Sandbox;

/**
 * Limits of a control group, in the files of the kernel.
 */
record CgroupLimits(Path group) {

	/** Controllers these limits need. */
	static final List<String> CONTROLLERS = List.of("memory", "pids", "cpu");

	/** Microseconds in which the processor's time is counted. */
	private static final int PERIOD = 100_000;

	/**
	 * Sets what the sandbox says.
	 * @throws IOException where the group lacks the controller for it
	 */
	void set(Sandbox sandbox) throws IOException {
		if (sandbox.memory() != null) {
			write("memory.max", Long.toString(sandbox.memory().toBytes()));
			writeWhereThere("memory.swap.max", "0");
			writeWhereThere("memory.oom.group", "1");
		}
		if (sandbox.processes() != null) {
			write("pids.max", sandbox.processes().toString());
		}
		if (sandbox.cpus() != null) {
			write("cpu.max", Math.round(sandbox.cpus() * PERIOD) + " " + PERIOD);
		}
	}

	private void write(String file, String value) throws IOException {
		if (!Files.exists(this.group.resolve(file))) {
			throw new IOException("the control group %s has no controller of %s".formatted(this.group.getParent(),
					file.substring(0, file.indexOf('.'))));
		}
		Files.writeString(this.group.resolve(file), value);
	}

	private void writeWhereThere(String file, String value) throws IOException {
		if (Files.exists(this.group.resolve(file))) {
			Files.writeString(this.group.resolve(file), value);
		}
	}

}

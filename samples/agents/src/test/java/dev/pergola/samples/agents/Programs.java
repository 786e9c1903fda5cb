package dev.pergola.samples.agents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the samples' programs, where this machine has what they need. */
final class Programs {

	private Programs() {
	}

	/** Whether a command ends with 0. */
	static boolean works(String... command) throws InterruptedException {
		try {
			Process version = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return version.waitFor(30, TimeUnit.SECONDS) && version.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * All that a program prints; it has to end with 0.
	 * @param input what it reads
	 */
	static String output(Path directory, String input, String... command) throws IOException, InterruptedException {
		Process program = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
		try (OutputStream standardInput = program.getOutputStream()) {
			standardInput.write(input.getBytes(StandardCharsets.UTF_8));
		}
		String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(program.waitFor()).as(output).isZero();
		return output;
	}

	/** Copies files that the jar carries. */
	static void unpack(Path directory, List<String> files) throws IOException {
		for (String file : files) {
			Path target = directory.resolve(file);
			Files.createDirectories(target.getParent());
			try (InputStream input = Programs.class.getResourceAsStream("/samples/agents/" + file)) {
				Files.copy(Objects.requireNonNull(input, file), target);
			}
		}
	}

}

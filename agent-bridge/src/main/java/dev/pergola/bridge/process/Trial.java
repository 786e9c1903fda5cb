package dev.pergola.bridge.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.pergola.bridge.runner.Sandbox;
import dev.pergola.bridge.runner.SandboxProfile;

import org.springframework.util.FileSystemUtils;

/**
 * Tries once, with a program that does nothing, whether a sandbox can be had here.
 */
final class Trial {

	private static final int SECONDS = 10;

	private static final int OUTPUT = 4096;

	private final Set<Sandbox> passed = ConcurrentHashMap.newKeySet();

	private final Path homes;

	private final Fence fence;

	private final Confinement confinement;

	Trial(Path homes, Fence fence, Confinement confinement) {
		this.homes = homes;
		this.fence = fence;
		this.confinement = confinement;
	}

	/**
	 * Does nothing where the sandbox can be had.
	 * @throws IOException saying in one line what is missing
	 */
	void check(Sandbox sandbox) throws IOException {
		boolean special = sandbox.profile() != SandboxProfile.NONE || sandbox.limitsGroup();
		if (special && !this.passed.contains(sandbox)) {
			run(sandbox);
			this.passed.add(sandbox);
		}
	}

	private void run(Sandbox sandbox) throws IOException {
		String mark = "probe-" + UUID.randomUUID();
		Path home = Files.createTempDirectory(this.homes, "probe-");
		try {
			Files.createDirectory(home.resolve("tmp"));
			this.fence.limit(mark, sandbox);
			List<String> command = new ArrayList<>(this.fence.prefix(mark));
			command.addAll(this.confinement.words(sandbox, home, home));
			command.add("true");
			if (sandbox.profile() != SandboxProfile.NONE) {
				run(command, home);
			}
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		finally {
			this.fence.kill(mark);
			this.fence.release(mark);
			FileSystemUtils.deleteRecursively(home);
		}
	}

	private static void run(List<String> command, Path home) throws IOException {
		Path output = home.resolve("output");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment().clear();
		builder.environment().putAll(Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin")));
		Process process = builder.start();
		try {
			process.getOutputStream().close();
			boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
			if (!ended || process.exitValue() != 0) {
				throw new IOException("sandbox.profile cannot be had here: %s"
					.formatted(ended ? said(output) : "a trial does not end"));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String said(Path output) throws IOException {
		byte[] bytes = Files.readAllBytes(output);
		return new String(bytes, 0, Math.min(bytes.length, OUTPUT), StandardCharsets.UTF_8).strip()
			.replaceAll("\\s*\\R\\s*", "; ");
	}

}

package dev.pergola.bridge.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Packages that npm installs under `target`.
 */
public final class NpmPackages {

	private static final Path FOLDER = Path.of("target", "npm").toAbsolutePath();

	private NpmPackages() {
	}

	/**
	 * @param name as npm has it, with its version
	 * @return folder of the package and all it needs
	 */
	public static Path install(String name) throws IOException, InterruptedException {
		Path folder = FOLDER.resolve(name.replaceAll("[^a-z0-9.]+", "-"));
		Files.createDirectories(folder);
		Path log = folder.resolve("npm.log");
		Process npm = new ProcessBuilder("npm", "install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts",
				"--prefix", folder.toString(), name)
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		if (!npm.waitFor(10, TimeUnit.MINUTES) || npm.exitValue() != 0) {
			npm.destroyForcibly();
			throw new IOException(Files.readString(log));
		}
		return folder.resolve("node_modules");
	}

	/** The binary that comes with Claude's SDK for this machine. */
	public static Path claude(Path modules) throws IOException {
		try (Stream<Path> folders = Files.list(modules.resolve("@anthropic-ai"))) {
			return folders.filter((folder) -> folder.getFileName().toString().startsWith("claude-agent-sdk-"))
				.map((folder) -> folder.resolve("claude"))
				.filter(Files::isExecutable)
				.filter((binary) -> !binary.toString().contains("musl"))
				.findFirst()
				.orElseThrow();
		}
	}

}

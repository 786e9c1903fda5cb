package dev.pergola.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.BrowserType;

/**
 * The Chromium of this machine.
 */
final class Chromium {

	private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

	private Chromium() {
	}

	/**
	 * How to start it.
	 * @throws IllegalStateException saying what to install where there is none
	 */
	static BrowserType.LaunchOptions options() {
		Path executable = find()
			.orElseThrow(() -> new IllegalStateException("no Chromium on the PATH: apt-get install chromium"));
		return new BrowserType.LaunchOptions().setExecutablePath(executable)
			.setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
					"--disable-component-update", "--disable-sync", "--no-first-run"));
	}

	private static Optional<Path> find() {
		return Stream.of(System.getenv("PATH").split(":"))
			.flatMap((folder) -> NAMES.stream().map((name) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

}

package dev.pergola.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the build packaged, and where it may listen. */
public final class Packaged {

	private Packaged() {
	}

	/**
	 * The runnable jar of a Maven module.
	 * @param module folder of the module, seen from the root of the repository
	 */
	public static Path jar(String module) throws IOException {
		try (Stream<Path> files = Files.list(Path.of(module, "target"))) {
			return files.filter((file) -> file.toString().endsWith("-exec.jar"))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException(module + " is not packaged: see bench/README.md"));
		}
	}

	/** A port nobody listens on. */
	public static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}

package dev.pergola.bridge.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files and folders as settings name them, and where they led at first: one that comes to
 * lead elsewhere is somebody's way out.
 */
final class Folders {

	private final Map<Path, Path> first = new ConcurrentHashMap<>();

	/**
	 * Where that leads.
	 * @throws IOException where it does not exist, or leads elsewhere than at first
	 */
	Path real(Path named) throws IOException {
		Path real = named.toRealPath();
		if (!this.first.computeIfAbsent(named, (unknown) -> real).equals(real)) {
			throw new IOException("folder %s leads elsewhere than before".formatted(named));
		}
		return real;
	}

}

package dev.pergola.bridge.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/**
 * Deletes what a program leaves, also where it took rights from folders, as caches of
 * build tools do.
 */
final class Deletion {

	private static final Set<PosixFilePermission> OWNERS = EnumSet.of(PosixFilePermission.OWNER_READ,
			PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

	private Deletion() {
	}

	/**
	 * Deletes a folder and all in it; does nothing where it does not exist. Links are
	 * deleted, not followed.
	 */
	static void of(Path folder) throws IOException {
		try {
			FileSystemUtils.deleteRecursively(folder);
		}
		catch (IOException refused) {
			unlock(folder);
			FileSystemUtils.deleteRecursively(folder);
		}
	}

	private static void unlock(Path root) throws IOException {
		Deque<Path> left = new ArrayDeque<>(Set.of(root));
		while (!left.isEmpty()) {
			Path path = left.pop();
			if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
				Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
				if (permissions.addAll(OWNERS)) {
					Files.setPosixFilePermissions(path, permissions);
				}
				try (Stream<Path> inside = Files.list(path)) {
					inside.forEach(left::push);
				}
				catch (UncheckedIOException ex) {
					throw ex.getCause();
				}
			}
		}
	}

}

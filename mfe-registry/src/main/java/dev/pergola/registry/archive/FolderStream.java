package dev.pergola.registry.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a new file and reports failures unchecked, so that a full disk is not mistaken
 * for a broken archive.
 */
final class FolderStream extends OutputStream {

	private final OutputStream target;

	FolderStream(Path file) {
		try {
			this.target = Files.newOutputStream(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void write(int value) {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) {
		try {
			this.target.write(bytes, offset, length);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.target.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package dev.pergola.registry.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Counts the entries of a zip file before anything makes objects of them: 20 MB hold more
 * than 400,000. What the file itself says of their number need not be true, so their
 * signatures are counted, wherever they are.
 */
final class ZipEntries {

	/**
	 * {@code PK}, 1, 2: central directory file header, as APPNOTE.TXT has it in 4.3.12.
	 */
	private static final int SIGNATURE = 0x504b0102;

	private ZipEntries() {
	}

	/** {@link BundleTooLargeException} when there are more than so many. */
	static void requireAtMost(int maxFiles, Path upload) throws IOException {
		int entries = 0;
		int last = 0;
		try (InputStream bytes = new BufferedInputStream(Files.newInputStream(upload), 64 * 1024)) {
			for (int value = bytes.read(); value >= 0; value = bytes.read()) {
				last = (last << 8) | value;
				if (last == SIGNATURE && ++entries > maxFiles) {
					throw new BundleTooLargeException("bundle has more than %d files".formatted(maxFiles));
				}
			}
		}
	}

}

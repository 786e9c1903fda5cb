package dev.pergola.registry.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.pergola.registry.archive.EntryVisitor.Kind;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar file in gzip. What is metered is everything the gzip stream yields, long
 * names and extension headers included.
 */
final class TarReader {

	private TarReader() {
	}

	static void read(Path upload, ExpansionMeter meter, EntryVisitor visitor) throws IOException {
		try (InputStream bytes = new BufferedInputStream(Files.newInputStream(upload));
				InputStream expanded = meter.metered(new GzipCompressorInputStream(bytes, true));
				TarArchiveInputStream tar = new TarArchiveInputStream(expanded, StandardCharsets.UTF_8.name())) {
			for (TarArchiveEntry entry = next(tar, meter); entry != null; entry = next(tar, meter)) {
				visitor.visit(entry.getName(), kind(entry), tar);
				if (!entry.isSparse()) {
					// What was refused has to be over before the next header is measured.
					tar.transferTo(OutputStream.nullOutputStream());
				}
			}
		}
	}

	private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, ExpansionMeter meter) throws IOException {
		meter.headerFollows();
		TarArchiveEntry entry = tar.getNextEntry();
		meter.contentFollows();
		return entry;
	}

	/**
	 * Links, devices, pipes and sparse files all answer {@code isFile} in some shape, so
	 * each is asked for by name.
	 */
	private static Kind kind(TarArchiveEntry entry) {
		if (entry.isSymbolicLink() || entry.isLink() || entry.isBlockDevice() || entry.isCharacterDevice()
				|| entry.isFIFO() || entry.isSparse()) {
			return Kind.OTHER;
		}
		if (entry.isDirectory()) {
			return Kind.DIRECTORY;
		}
		return entry.isFile() ? Kind.FILE : Kind.OTHER;
	}

}

package dev.pergola.registry.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;

import dev.pergola.registry.archive.EntryVisitor.Kind;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Reads a zip file by its central directory: only there links and devices are marked.
 */
final class ZipReader {

	private static final int FILE_TYPE = 0170000;

	private static final int REGULAR_FILE = 0100000;

	private static final int DIRECTORY = 0040000;

	private ZipReader() {
	}

	static void read(Path upload, ExpansionMeter meter, EntryVisitor visitor) throws IOException {
		try (ZipFile zip = ZipFile.builder().setPath(upload).get()) {
			Iterator<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder().asIterator();
			while (entries.hasNext()) {
				ZipArchiveEntry entry = entries.next();
				Kind kind = zip.canReadEntryData(entry) ? kind(entry) : Kind.OTHER;
				if (kind != Kind.FILE) {
					visitor.visit(entry.getName(), kind, InputStream.nullInputStream());
					continue;
				}
				try (InputStream content = meter.metered(zip.getInputStream(entry))) {
					visitor.visit(entry.getName(), kind, content);
				}
			}
		}
	}

	private static Kind kind(ZipArchiveEntry entry) {
		int type = entry.getUnixMode() & FILE_TYPE;
		if (entry.isDirectory()) {
			return (type == 0 || type == DIRECTORY) ? Kind.DIRECTORY : Kind.OTHER;
		}
		return (type == 0 || type == REGULAR_FILE) ? Kind.FILE : Kind.OTHER;
	}

}

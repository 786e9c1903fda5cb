package dev.pergola.registry.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * Makes bundles as teams would.
 */
public final class Bundles {

	private Bundles() {
	}

	/** A module with one page and one navigation item, all named after it. */
	public static byte[] of(String module, String version, String team) {
		return npm(files(manifest(module, version, team), module + ".js", "export default '" + version + "';"));
	}

	public static String manifest(String module, String version, String team) {
		return """
				{ "schema": 1, "module": "%1$s", "version": "%2$s", "team": { "name": "%3$s" },
				  "entry": { "format": "esm", "file": "%1$s.js" },
				  "pages": [ { "id": "list", "path": "/%1$s", "element": "%1$s-list" } ],
				  "navigation": [ { "id": "%1$s", "page": "list", "group": "ecosystem", "order": 20 } ] }
				""".formatted(module, version, team);
	}

	/** A manifest and files, given as path and content in turn. */
	public static Map<String, byte[]> files(String manifest, String... pathsAndContents) {
		Map<String, byte[]> files = new LinkedHashMap<>();
		files.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
		for (int i = 0; i < pathsAndContents.length; i += 2) {
			files.put(pathsAndContents[i], pathsAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
		}
		return files;
	}

	/** As {@code npm pack} lays it out. */
	public static byte[] npm(Map<String, byte[]> files) {
		return tar(
				(tar) -> files.forEach((path, content) -> add(tar, new TarArchiveEntry("package/" + path), content)));
	}

	public static byte[] zip(Map<String, byte[]> files) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
			for (Map.Entry<String, byte[]> file : files.entrySet()) {
				zip.putArchiveEntry(new ZipArchiveEntry(file.getKey()));
				zip.write(file.getValue());
				zip.closeArchiveEntry();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	public static byte[] tar(Writer writer) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
			tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
			writer.write(tar);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	public static void add(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) {
		try {
			entry.setSize(content.length);
			tar.putArchiveEntry(entry);
			tar.write(content);
			tar.closeArchiveEntry();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Writes entries of an archive. */
	@FunctionalInterface
	public interface Writer {

		void write(TarArchiveOutputStream tar) throws IOException;

	}

}

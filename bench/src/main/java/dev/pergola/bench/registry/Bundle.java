package dev.pergola.bench.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Bundles as teams would publish them, with one page and one file. */
final class Bundle {

	private Bundle() {
	}

	/**
	 * A zip archive.
	 * @param requires name that a person needs to open the page, empty for none
	 */
	static byte[] of(String module, String version, String requires) {
		String names = requires.isEmpty() ? "" : "\"" + requires + "\"";
		return zip(module, """
				{ "schema": 1, "module": "%1$s", "version": "%2$s", "team": { "name": "bench" },
				  "entry": { "format": "esm", "file": "%1$s.js" },
				  "pages": [ { "id": "list", "path": "/%1$s", "element": "%1$s-list", "requires": [ %3$s ] } ],
				  "navigation": [ { "id": "%1$s", "page": "list", "group": "bench", "order": 20 } ] }
				""".formatted(module, version, names), content(version));
	}

	/** Content of the file of a version. */
	static String content(String version) {
		return "export const version = '" + version + "';\n";
	}

	private static byte[] zip(String module, String manifest, String script) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			add(zip, "manifest.json", manifest);
			add(zip, module + ".js", script);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void add(ZipOutputStream zip, String name, String content) throws IOException {
		zip.putNextEntry(new ZipEntry(name));
		zip.write(content.getBytes(StandardCharsets.UTF_8));
		zip.closeEntry();
	}

}

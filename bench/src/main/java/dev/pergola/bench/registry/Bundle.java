package dev.pergola.bench.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Bundles as teams would publish them, with one page and one file. */
public final class Bundle {

	private Bundle() {
	}

	/**
	 * A zip archive.
	 * @param requires name that a person needs to open the page, empty for none
	 */
	public static byte[] of(String module, String version, String requires) {
		String names = requires.isEmpty() ? "" : "\"" + requires + "\"";
		return zip(module, """
				{ "schema": 1, "module": "%1$s", "version": "%2$s", "team": { "name": "bench" },
				  "entry": { "format": "esm", "file": "%1$s.js" },
				  "pages": [ { "id": "list", "path": "/%1$s", "element": "%1$s-list", "requires": [ %3$s ] } ],
				  "navigation": [ { "id": "%1$s", "page": "list", "group": "bench", "order": 20 } ] }
				""".formatted(module, version, names), content(version));
	}

	/** A zip archive of a module that is a service and nothing else. */
	public static byte[] withUpstream(String module, String version, String upstream) {
		return withViews(module, version, upstream, 0);
	}

	/**
	 * A zip archive of a module with views of one part and of several, each of which
	 * takes its time.
	 */
	public static byte[] withViews(String module, String version, String upstream, int parts) {
		String views = (parts == 0) ? "" : ", \"views\": [ %s, %s ]".formatted(view(1), view(parts));
		return zip(module, """
				{ "schema": 1, "module": "%1$s", "version": "%2$s", "team": { "name": "bench" },
				  "entry": { "format": "esm", "file": "%1$s.js" }, "upstream": { "url": "%3$s" }%4$s }
				""".formatted(module, version, upstream, views), content(version));
	}

	/**
	 * A zip archive of a module with agents: each named as its path below {@code /agents}
	 * on the module's service, and one that is a program of this name.
	 */
	public static byte[] withAgents(String module, String version, String upstream, List<String> paths, String runner) {
		String agents = paths.stream()
			.map((path) -> "{ \"id\": \"%1$s\", \"title\": { \"en\": \"%1$s\" }, \"http\": { \"path\": \"/agents/%1$s\", \"format\": \"ag-ui\" } }"
				.formatted(path))
			.collect(Collectors.joining(", "));
		return zip(module, """
				{ "schema": 1, "module": "%1$s", "version": "%2$s", "team": { "name": "bench" },
				  "entry": { "format": "esm", "file": "%1$s.js" }, "upstream": { "url": "%3$s" },
				  "agents": [ %4$s, { "id": "%5$s", "title": { "en": "%5$s" }, "runner": "%5$s" } ] }
				""".formatted(module, version, upstream, agents, runner), content(version));
	}

	private static String view(int parts) {
		String all = IntStream.range(0, parts)
			.mapToObj((part) -> "\"part%d\": { \"get\": \"/slow/%d\" }".formatted(part, part))
			.collect(Collectors.joining(", "));
		return "{ \"path\": \"/parts%d\", \"parts\": { %s } }".formatted(parts, all);
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

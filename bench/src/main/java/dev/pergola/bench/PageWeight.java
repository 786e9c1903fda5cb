package dev.pergola.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * What a page of the portal makes a browser load before it works: its scripts and
 * everything they import at once.
 */
public final class PageWeight {

	private static final Pattern SCRIPT = Pattern.compile("<script[^>]*type=\"module\"[^>]*src=\"([^\"]+)\"");

	private static final Pattern SCRIPT_SOURCE_FIRST = Pattern
		.compile("<script[^>]*src=\"([^\"]+)\"[^>]*type=\"module\"");

	private static final Pattern IMPORT_MAP = Pattern.compile("<script[^>]*type=\"importmap\"[^>]*>(.*?)</script>",
			Pattern.DOTALL);

	private static final Pattern MAPPED = Pattern.compile("\"([^\"]+)\"\\s*:\\s*\"(/[^\"]+)\"");

	private static final Pattern IMPORT = Pattern
		.compile("(?:import|export)\\s*(?:[\\w*{}\\s,$]+\\s*from\\s*)?[\"']([^\"']+)[\"']");

	private final Map<URI, Integer> gzipBytes = new LinkedHashMap<>();

	private final Map<String, String> mapped = new LinkedHashMap<>();

	private final SignedIn person;

	private final URI page;

	private final String html;

	/**
	 * Loads a page and all it needs.
	 */
	public PageWeight(SignedIn person, URI page) throws IOException, InterruptedException {
		this.person = person;
		this.page = page;
		this.html = person.follow(page).body();
		Matcher map = IMPORT_MAP.matcher(this.html);
		if (map.find()) {
			Matcher entry = MAPPED.matcher(map.group(1));
			while (entry.find()) {
				this.mapped.put(entry.group(1), entry.group(2));
			}
		}
		for (Pattern pattern : new Pattern[] { SCRIPT, SCRIPT_SOURCE_FIRST }) {
			Matcher script = pattern.matcher(this.html);
			while (script.find()) {
				load(page.resolve(script.group(1)));
			}
		}
	}

	int scriptBytes() {
		return this.gzipBytes.values().stream().mapToInt(Integer::intValue).sum();
	}

	int files() {
		return this.gzipBytes.size();
	}

	/** Size of the page itself, in gzip. */
	public int htmlBytes() throws IOException {
		return gzip(this.html);
	}

	private void load(URI script) throws IOException, InterruptedException {
		if (this.gzipBytes.containsKey(script)) {
			return;
		}
		String source = this.person.follow(script).body();
		this.gzipBytes.put(script, gzip(source));
		Matcher imported = IMPORT.matcher(source);
		while (imported.find()) {
			String name = imported.group(1);
			if (name.startsWith(".") || name.startsWith("/")) {
				load(script.resolve(name));
			}
			else if (this.mapped.containsKey(name)) {
				load(this.page.resolve(this.mapped.get(name)));
			}
		}
	}

	private static int gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.size();
	}

}

package dev.pergola.shell.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pergola.shell.assets.Assets;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Pages of the gallery, as the design system brings them:
 * {@code META-INF/pergola/gallery/*.html}.
 */
public final class Gallery {

	private static final String PAGES = "classpath*:META-INF/pergola/gallery/*.html";

	private static final Pattern TITLE = Pattern.compile("\\A\\s*<!--\\s*title:\\s*(.+?)\\s*-->\\s*");

	private final Map<String, Entry> entries = new LinkedHashMap<>();

	/**
	 * Reads the pages from the class path.
	 * @param loader class loader to look into
	 * @param assets files the pages name by {@code {{assets}}}
	 */
	public Gallery(ClassLoader loader, Assets assets) {
		String address = assets.url("").replaceAll("/$", "");
		List<Entry> found = new ArrayList<>();
		try {
			for (Resource page : new PathMatchingResourcePatternResolver(loader).getResources(PAGES)) {
				String name = String.valueOf(page.getFilename()).replaceAll("\\.html$", "");
				found.add(entry(name, page.getContentAsString(StandardCharsets.UTF_8).replace("{{assets}}", address)));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("gallery: cannot be read from the class path", ex);
		}
		found.sort(Comparator.comparing((Entry entry) -> entry.name().equals("index") ? "" : entry.title()));
		found.forEach((entry) -> this.entries.put(entry.name(), entry));
	}

	private static Entry entry(String name, String text) {
		Matcher title = TITLE.matcher(text);
		return title.find() ? new Entry(name, title.group(1), text.substring(title.end()))
				: new Entry(name, name, text);
	}

	/** A page by name. */
	Optional<Entry> find(String name) {
		return Optional.ofNullable(this.entries.get(name));
	}

	/** The overview first, then by title. */
	Collection<Entry> all() {
		return this.entries.values();
	}

	/**
	 * A page of the gallery.
	 *
	 * @param html what stands in {@code <main>}, without {@code h1}
	 */
	record Entry(String name, String title, String html) {

		/** Address of the page. */
		public String href() {
			return this.name.equals("index") ? "/design" : "/design/" + this.name;
		}

	}

}

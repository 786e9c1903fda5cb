package dev.pergola.shell.person;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Page;
import dev.pergola.manifests.catalog.Catalog;

/**
 * Chooses the language of a page: among those the portal itself and the titles of live
 * modules are written in.
 */
public final class Languages {

	/** Languages of the portal's own texts. */
	public static final List<Locale> OWN = List.of(Locale.ENGLISH, Locale.GERMAN);

	private Languages() {
	}

	/**
	 * Chooses as RFC 4647 says under "Lookup".
	 * @param ranges what the browser accepts, in its order; {@code Accept-Language}
	 * @param catalog modules whose titles count
	 * @return English when nothing fits
	 */
	public static Locale choose(List<Locale.LanguageRange> ranges, Catalog catalog) {
		if (ranges.isEmpty()) {
			return Locale.ENGLISH;
		}
		Locale chosen = Locale.lookup(ranges, written(catalog).stream().map(Locale::forLanguageTag).toList());
		return (chosen != null) ? chosen : Locale.ENGLISH;
	}

	private static Set<String> written(Catalog catalog) {
		Set<String> tags = new TreeSet<>();
		OWN.forEach((locale) -> tags.add(locale.toLanguageTag()));
		catalog.modules()
			.forEach((module) -> module.versions().values().forEach((manifest) -> addTitles(manifest, tags)));
		return tags;
	}

	private static void addTitles(Manifest manifest, Set<String> tags) {
		manifest.pages().stream().map(Page::title).forEach((title) -> tags.addAll(title.texts().keySet()));
	}

}

package dev.pergola.shell.catalog;

import java.util.List;
import java.util.Locale;

/**
 * All the portal knows for one person at one revision.
 *
 * @param document what {@code GET /catalog} answers, for nobody in particular yet
 * @param modules every live module in the person's version, whether or not they may open
 * it
 * @param pages finds pages of these modules
 * @param importMap the import map as JSON that may stand in a {@code <script>}
 * @param locale language of the titles
 */
public record PersonalCatalog(CatalogDocument document, List<LiveModule> modules, PageTable pages, String importMap,
		Locale locale) {

	public PersonalCatalog {
		modules = List.copyOf(modules);
	}

	/** Revision of the whole catalog this was made of. */
	public long revision() {
		return this.document.revision();
	}

}

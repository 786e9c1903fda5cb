package dev.pergola.shell.catalog;

import java.util.Locale;

import dev.pergola.manifests.Entry;
import dev.pergola.manifests.EntryFormat;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.CatalogModule;
import org.jspecify.annotations.Nullable;

/**
 * A module in the version one person gets.
 *
 * @param module the module as it is live
 * @param manifest manifest of the person's version
 */
public record LiveModule(CatalogModule module, Manifest manifest) {

	/** Name of the module. */
	public String name() {
		return this.module.module();
	}

	/** Version the person gets. */
	public String version() {
		return this.manifest.version();
	}

	/** How the module joins the page. */
	public EntryFormat format() {
		return this.manifest.entry().format();
	}

	/**
	 * Title of the module as its manifest gives it.
	 * @param locale language of the person
	 * @return never empty
	 */
	public String title(Locale locale) {
		return this.manifest.titleIn(locale);
	}

	/**
	 * Address of a file of the bundle.
	 * @param file path inside the bundle
	 * @return path on the portal's origin
	 */
	public String url(String file) {
		return "/modules/" + name() + "/" + version() + "/" + file;
	}

	/**
	 * Address of the entry.
	 * @return path on the portal's origin, {@code null} for a fragment
	 */
	public @Nullable String entryUrl() {
		Entry entry = this.manifest.entry();
		return (entry.file() != null) ? url(entry.file()) : null;
	}

}

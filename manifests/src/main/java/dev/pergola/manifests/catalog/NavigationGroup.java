package dev.pergola.manifests.catalog;

import java.util.Locale;

import dev.pergola.manifests.LocalizedText;

/**
 * A heading of the navigation.
 *
 * @param order lower comes first; 0 when not said
 */
public record NavigationGroup(String id, LocalizedText title, int order) {

	public NavigationGroup {
		title = (title != null) ? title : LocalizedText.NONE;
	}

	/** Title in a language, else a readable form of the id; never empty. */
	public String titleIn(Locale locale) {
		return this.title.in(locale).orElseGet(() -> LocalizedText.readable(this.id));
	}

}

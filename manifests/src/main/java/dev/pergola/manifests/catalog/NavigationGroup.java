package dev.pergola.manifests.catalog;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pergola.manifests.LocalizedText;
import org.jspecify.annotations.Nullable;

/**
 * A heading of the navigation.
 *
 * @param order lower comes first; 0 when not said
 * @param parent id of the group it is below, {@code null} for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NavigationGroup(String id, LocalizedText title, int order, @Nullable String parent) {

	public NavigationGroup {
		title = (title != null) ? title : LocalizedText.NONE;
	}

	public NavigationGroup(String id, LocalizedText title, int order) {
		this(id, title, order, null);
	}

	/** Title in a language, else a readable form of the id; never empty. */
	public String titleIn(Locale locale) {
		return this.title.in(locale).orElseGet(() -> LocalizedText.readable(this.id));
	}

}

package dev.pergola.manifests;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An entry a module proposes for the portal's navigation; administrators may override it.
 * Who may open its page sees it, if they also have what {@code requires} names.
 *
 * @param id unique among all modules
 * @param page id of a page of the same module, whose path has no parameters
 * @param title empty when the page's title serves
 * @param icon name of a portal icon, {@code null} for none
 * @param group id of a navigation group, {@code null} for the top
 * @param order lower comes first; 0 when not said
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NavigationItem(String id, String page, LocalizedText title, @Nullable String icon, @Nullable String group,
		int order, List<String> requires) {

	public NavigationItem {
		title = (title != null) ? title : LocalizedText.NONE;
		requires = Copies.of(requires);
	}

}

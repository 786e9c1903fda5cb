package dev.pergola.manifests.catalog;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pergola.manifests.LocalizedText;
import org.jspecify.annotations.Nullable;

/**
 * A navigation entry that administrators made and no module proposes.
 *
 * @param id unique among links
 * @param href path on the portal, such as {@code /partnerships?stage=won}
 * @param group id of its group, {@code null} for the top
 * @param order lower comes first; 0 when not said
 * @param icon name of a portal icon, {@code null} for none
 * @param hidden whether nobody sees it
 * @param locked whether people may not hide it
 * @param requires names that must all be among the person's roles and permissions, beside
 * those of the page it leads to
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NavigationLink(String id, LocalizedText title, String href, @Nullable String group, int order,
		@Nullable String icon, boolean hidden, boolean locked, List<String> requires) {

	public NavigationLink {
		title = (title != null) ? title : LocalizedText.NONE;
		group = (group != null && !group.isEmpty()) ? group : null;
		requires = (requires != null) ? List.copyOf(requires) : List.of();
	}

}

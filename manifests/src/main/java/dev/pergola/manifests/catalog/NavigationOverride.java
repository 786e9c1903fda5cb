package dev.pergola.manifests.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pergola.manifests.LocalizedText;
import org.jspecify.annotations.Nullable;

/**
 * What administrators changed about one navigation item.
 *
 * @param module module that proposes the item
 * @param id id of the item in that module's manifest
 * @param group group it is moved to, {@code null} to leave it
 * @param order place in the group, {@code null} to leave it
 * @param hidden whether nobody sees it
 * @param title another title, empty to leave it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NavigationOverride(String module, String id, @Nullable String group, @Nullable Integer order,
		boolean hidden, LocalizedText title) {

	public NavigationOverride {
		title = (title != null) ? title : LocalizedText.NONE;
	}

}

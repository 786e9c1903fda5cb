package dev.pergola.manifests.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pergola.manifests.LocalizedText;
import org.jspecify.annotations.Nullable;

/**
 * What administrators changed about one navigation item.
 *
 * @param module module that proposes the item
 * @param id id of the item in that module's manifest
 * @param group group it is moved to, empty for the top, {@code null} to leave it
 * @param order place in the group, {@code null} to leave it
 * @param hidden whether nobody sees it
 * @param locked whether people may not hide it; what is locked is shown, hidden or not
 * @param title another title, empty to leave it
 * @param icon another icon, {@code null} to leave it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NavigationOverride(String module, String id,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String group, @Nullable Integer order, boolean hidden,
		@JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean locked, LocalizedText title, @Nullable String icon) {

	public NavigationOverride {
		title = (title != null) ? title : LocalizedText.NONE;
	}

	public NavigationOverride(String module, String id, @Nullable String group, @Nullable Integer order, boolean hidden,
			LocalizedText title) {
		this(module, id, group, order, hidden, false, title, null);
	}

}

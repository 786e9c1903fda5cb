package dev.pergola.manifests.catalog;

import java.util.List;
import java.util.Optional;

/**
 * Administrators' overlay over the navigation that manifests propose.
 *
 * @param groups headings; items of an unknown group come under a heading of that name
 * @param items what is different from the manifests
 * @param links entries of the administrators' own
 */
public record Navigation(List<NavigationGroup> groups, List<NavigationOverride> items, List<NavigationLink> links) {

	/** Nothing is different from the manifests. */
	public static final Navigation NONE = new Navigation(List.of(), List.of());

	public Navigation {
		groups = (groups != null) ? List.copyOf(groups) : List.of();
		items = (items != null) ? List.copyOf(items) : List.of();
		links = (links != null) ? List.copyOf(links) : List.of();
	}

	public Navigation(List<NavigationGroup> groups, List<NavigationOverride> items) {
		this(groups, items, List.of());
	}

	public Optional<NavigationOverride> findItem(String module, String id) {
		return this.items.stream().filter((item) -> item.module().equals(module) && item.id().equals(id)).findFirst();
	}

}

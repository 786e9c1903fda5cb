package dev.pergola.manifests.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.NavigationItem;
import dev.pergola.manifests.Page;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the navigation as manifest and overlay make it together.
 *
 * @param module module that proposes it, empty for a link of the administrators
 * @param id id of the item or link
 * @param page id of its page, that of the link for a link
 * @param title titles in effect, empty when nobody gave one
 * @param icon name of a portal icon, {@code null} for none
 * @param group id of its group, empty for the top
 * @param order lower comes first
 * @param hidden whether administrators hid it
 * @param locked whether people may not hide it, which administrators' hiding yields to
 * @param href path on the portal
 * @param requires names that must all be among the person's roles and permissions
 */
public record NavigationEntry(String module, String id, String page, LocalizedText title, @Nullable String icon,
		String group, int order, boolean hidden, boolean locked, String href, List<String> requires) {

	public NavigationEntry {
		requires = List.copyOf(requires);
	}

	static NavigationEntry of(String module, NavigationItem item, Page page, @Nullable NavigationOverride override) {
		LocalizedText own = item.title().isEmpty() ? page.title() : item.title();
		String group = Objects.requireNonNullElse(item.group(), "");
		Set<String> requires = new LinkedHashSet<>(item.requires());
		requires.addAll(page.requires());
		if (override == null) {
			return new NavigationEntry(module, item.id(), page.id(), own, item.icon(), group, item.order(), false,
					false, page.path(), List.copyOf(requires));
		}
		Integer order = override.order();
		return new NavigationEntry(module, item.id(), page.id(), override.title().isEmpty() ? own : override.title(),
				(override.icon() != null) ? override.icon() : item.icon(),
				Objects.requireNonNullElse(override.group(), group), (order != null) ? order : item.order(),
				override.hidden(), override.locked(), page.path(), List.copyOf(requires));
	}

	static NavigationEntry of(NavigationLink link, List<String> target) {
		List<String> requires = new ArrayList<>(link.requires());
		target.stream().filter((name) -> !requires.contains(name)).forEach(requires::add);
		return new NavigationEntry("", link.id(), link.id(), link.title(), link.icon(),
				Objects.requireNonNullElse(link.group(), ""), link.order(), link.hidden(), link.locked(), link.href(),
				requires);
	}

	/** Order within a group, in a language. */
	static Comparator<NavigationEntry> in(Locale locale) {
		return Comparator.comparingInt(NavigationEntry::order)
			.thenComparing((entry) -> entry.titleIn(locale))
			.thenComparing(NavigationEntry::module)
			.thenComparing(NavigationEntry::id);
	}

	/** Names the entry among all; {@code /handbook} for a link. */
	public String key() {
		return this.module + "/" + this.id;
	}

	/** Whether administrators let people see it. */
	public boolean isShown() {
		return this.locked || !this.hidden;
	}

	/** Whether it is the administrators' own. */
	public boolean isLink() {
		return this.module.isEmpty();
	}

	/** Title in a language, else a readable form of the page's id; never empty. */
	public String titleIn(Locale locale) {
		return this.title.in(locale).orElseGet(() -> LocalizedText.readable(this.page));
	}

}

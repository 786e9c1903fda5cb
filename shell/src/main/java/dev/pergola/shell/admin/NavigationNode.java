package dev.pergola.shell.admin;

import java.util.List;
import java.util.Locale;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.NavigationEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the navigation as it would be.
 *
 * @param title titles in effect
 * @param group id of its group, empty for the top
 * @param icon name of a portal icon, {@code null} for none
 * @param href path it leads to
 * @param own what its module proposes; for a link the link itself, at the top
 * @param requires names somebody needs to see it, also those of the page
 */
record NavigationNode(String module, String id, LocalizedText title, String group, int order, boolean hidden,
		boolean locked, @Nullable String icon, String href, Own own, List<String> requires) {

	static NavigationNode of(NavigationEntry entry, @Nullable NavigationEntry proposed) {
		Own own = (proposed != null) ? new Own(proposed.group(), proposed.title(), proposed.icon())
				: new Own("", entry.title(), entry.icon());
		return new NavigationNode(entry.module(), entry.id(), entry.title(), entry.group(), entry.order(),
				entry.hidden(), entry.locked(), entry.icon(), entry.href(), own, entry.requires());
	}

	/** Names the entry in forms. */
	public String key() {
		return this.module + "/" + this.id;
	}

	/** Names the entry in the address of the page. */
	public String anchor() {
		return "pergola-item-" + this.module + "-" + this.id;
	}

	/** English title, or a readable form of the id. */
	public String name() {
		return this.title.in(Locale.ENGLISH).orElseGet(() -> LocalizedText.readable(this.id));
	}

	/** Whether it is a link of the administrators' own. */
	public boolean isLink() {
		return this.module.isEmpty();
	}

	/** Title in one language, empty when there is none. */
	public String titleIn(String language) {
		return this.title.texts().getOrDefault(language, "");
	}

	/** What somebody needs to see it, with commas between. */
	public String needs() {
		return String.join(", ", this.requires);
	}

	NavigationNode at(String group, int order) {
		return new NavigationNode(this.module, this.id, this.title, group, order, this.hidden, this.locked, this.icon,
				this.href, this.own, this.requires);
	}

	/**
	 * What a module proposes.
	 *
	 * @param group id of the group, empty for the top
	 */
	record Own(String group, LocalizedText title, @Nullable String icon) {
	}

}

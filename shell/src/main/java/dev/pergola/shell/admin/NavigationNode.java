package dev.pergola.shell.admin;

import java.util.Locale;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.NavigationEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the navigation as it would be.
 *
 * @param module module that proposes it, empty for a link
 * @param title titles in effect
 * @param group id of its group, empty for the top
 * @param ownGroup id of the group its manifest proposes, empty for the top and for a link
 * @param icon name of a portal icon, {@code null} for none
 * @param href path it leads to
 */
record NavigationNode(String module, String id, LocalizedText title, String group, String ownGroup, int order,
		boolean hidden, boolean locked, @Nullable String icon, String href) {

	static NavigationNode of(NavigationEntry entry, @Nullable NavigationEntry proposed) {
		return new NavigationNode(entry.module(), entry.id(), entry.title(), entry.group(),
				(proposed != null) ? proposed.group() : "", entry.order(), entry.hidden(), entry.locked(), entry.icon(),
				entry.href());
	}

	/** Names the entry in forms. */
	public String key() {
		return this.module + "/" + this.id;
	}

	/** Names its row in the page. */
	public String anchor() {
		return "pergola-item-" + this.module + "-" + this.id;
	}

	/** English title, or what comes nearest. */
	public String name() {
		return this.title.in(Locale.ENGLISH).orElseGet(() -> LocalizedText.readable(this.id));
	}

	/** Whether it is the administrators' own. */
	public boolean isLink() {
		return this.module.isEmpty();
	}

	/** Title in one language, empty when there is none. */
	public String titleIn(String language) {
		return this.title.texts().getOrDefault(language, "");
	}

	NavigationNode at(String group, int order) {
		return new NavigationNode(this.module, this.id, this.title, group, this.ownGroup, order, this.hidden,
				this.locked, this.icon, this.href);
	}

}

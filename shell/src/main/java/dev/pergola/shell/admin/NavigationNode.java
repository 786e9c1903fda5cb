package dev.pergola.shell.admin;

import java.util.Comparator;
import java.util.Locale;

import dev.pergola.manifests.LocalizedText;

/**
 * An item of the navigation as it would be.
 *
 * @param title titles in effect
 * @param group id of its group, empty for the top
 * @param ownGroup id of the group its manifest proposes, empty for the top
 * @param renamed whether the title is the administrators' and not the manifest's
 */
record NavigationNode(String module, String id, LocalizedText title, String group, String ownGroup, int order,
		boolean hidden, boolean renamed) {

	static final Comparator<NavigationNode> ORDER = Comparator.comparingInt(NavigationNode::order)
		.thenComparing(NavigationNode::name)
		.thenComparing(NavigationNode::module);

	/** Names the item in forms. */
	public String key() {
		return this.module + "/" + this.id;
	}

	/** English title, or what comes nearest. */
	public String name() {
		return this.title.in(Locale.ENGLISH).orElse(this.id);
	}

	/** Title in one language, empty when there is none. */
	public String titleIn(String language) {
		return this.title.texts().getOrDefault(language, "");
	}

	NavigationNode at(String group, int order) {
		return new NavigationNode(this.module, this.id, this.title, group, this.ownGroup, order, this.hidden,
				this.renamed);
	}

	NavigationNode hidden(boolean hidden) {
		return new NavigationNode(this.module, this.id, this.title, this.group, this.ownGroup, this.order, hidden,
				this.renamed);
	}

	NavigationNode named(LocalizedText title) {
		return new NavigationNode(this.module, this.id, title, this.group, this.ownGroup, this.order, this.hidden,
				true);
	}

}

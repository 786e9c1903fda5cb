package dev.pergola.shell.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationGroup;
import dev.pergola.manifests.catalog.NavigationLink;
import dev.pergola.manifests.catalog.NavigationOverride;
import org.jspecify.annotations.Nullable;

/**
 * Changes an overlay entry by entry. What then says nothing is left out, so that taking a
 * change back leaves nothing behind.
 */
final class Overlay {

	private final List<NavigationGroup> groups;

	private final Map<String, NavigationOverride> items = new LinkedHashMap<>();

	private final Map<String, NavigationLink> links = new LinkedHashMap<>();

	Overlay(Navigation navigation) {
		this.groups = navigation.groups();
		navigation.items().forEach((item) -> this.items.put(item.module() + "/" + item.id(), item));
		navigation.links().forEach((link) -> this.links.put("/" + link.id(), link));
	}

	void place(NavigationNode node) {
		String group = node.group().equals(node.own().group()) ? null : node.group();
		if (node.isLink()) {
			NavigationLink old = link(node);
			put(new NavigationLink(old.id(), old.title(), old.href(), group, node.order(), old.icon(), old.hidden(),
					old.locked(), old.requires()));
		}
		else {
			NavigationOverride old = item(node);
			put(new NavigationOverride(old.module(), old.id(), group, node.order(), old.hidden(), old.locked(),
					old.title(), old.icon()));
		}
	}

	void show(NavigationNode node, boolean hidden, boolean locked) {
		if (node.isLink()) {
			NavigationLink old = link(node);
			put(new NavigationLink(old.id(), old.title(), old.href(), old.group(), old.order(), old.icon(), hidden,
					locked, old.requires()));
		}
		else {
			NavigationOverride old = item(node);
			put(new NavigationOverride(old.module(), old.id(), old.group(), old.order(), hidden, locked, old.title(),
					old.icon()));
		}
	}

	void name(NavigationNode node, LocalizedText title, @Nullable String icon) {
		if (node.isLink()) {
			NavigationLink old = link(node);
			put(new NavigationLink(old.id(), title.isEmpty() ? old.title() : title, old.href(), old.group(),
					old.order(), icon, old.hidden(), old.locked(), old.requires()));
		}
		else {
			NavigationOverride old = item(node);
			put(new NavigationOverride(old.module(), old.id(), old.group(), old.order(), old.hidden(), old.locked(),
					title, icon));
		}
	}

	/** Where a link leads, and whom it is for beside those who may open the page. */
	void aim(NavigationNode node, String href, List<String> requires) {
		NavigationLink old = link(node);
		put(new NavigationLink(old.id(), old.title(), href, old.group(), old.order(), old.icon(), old.hidden(),
				old.locked(), requires));
	}

	void put(NavigationLink link) {
		this.links.put("/" + link.id(), link);
	}

	void remove(NavigationNode node) {
		this.links.remove(node.key());
	}

	Navigation navigation() {
		return new Navigation(this.groups, new ArrayList<>(this.items.values()), new ArrayList<>(this.links.values()));
	}

	@Nullable NavigationOverride find(NavigationNode node) {
		return this.items.get(node.key());
	}

	private void put(NavigationOverride item) {
		String key = item.module() + "/" + item.id();
		boolean saysNothing = item.group() == null && item.order() == null && !item.hidden() && !item.locked()
				&& item.title().isEmpty() && item.icon() == null;
		if (saysNothing) {
			this.items.remove(key);
		}
		else {
			this.items.put(key, item);
		}
	}

	private NavigationOverride item(NavigationNode node) {
		NavigationOverride known = this.items.get(node.key());
		return (known != null) ? known
				: new NavigationOverride(node.module(), node.id(), null, null, false, LocalizedText.NONE);
	}

	private NavigationLink link(NavigationNode node) {
		NavigationLink known = this.links.get(node.key());
		return (known != null) ? known : new NavigationLink(node.id(), node.title(), node.href(), node.group(),
				node.order(), node.icon(), node.hidden(), node.locked(), List.of());
	}

}

package dev.pergola.shell.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.pergola.shell.catalog.CatalogDocument;
import org.jspecify.annotations.Nullable;

/**
 * The navigation of one page: home, what modules offer, and the consoles of the person's
 * roles; with the place they are at.
 */
final class NavigationView {

	private final Visitor visitor;

	private final Texts texts;

	private @Nullable String best;

	NavigationView(Visitor visitor) {
		this.visitor = visitor;
		this.texts = visitor.texts();
	}

	List<Layout.Group> groups() {
		if (this.visitor.person() == null) {
			return List.of();
		}
		CatalogDocument catalog = this.visitor.catalog().document();
		Map<String, CatalogDocument.Module> modules = catalog.modules()
			.stream()
			.collect(Collectors.toMap(CatalogDocument.Module::module, (module) -> module));
		List<CatalogDocument.Item> consoles = consoles();
		this.best = longestPrefix(catalog.navigation(), consoles);
		List<Layout.Group> groups = new ArrayList<>();
		groups.add(new Layout.Group("",
				List.of(item(new CatalogDocument.Item("", "home", text("home"), "/", "home"), null))));
		for (CatalogDocument.Group group : catalog.navigation()) {
			groups.add(new Layout.Group(group.group(),
					group.items().stream().map((item) -> item(item, modules.get(item.module()))).toList()));
		}
		if (!consoles.isEmpty()) {
			groups.add(new Layout.Group(text("consoles"), consoles.stream().map((item) -> item(item, null)).toList()));
		}
		return groups;
	}

	private List<CatalogDocument.Item> consoles() {
		List<CatalogDocument.Item> consoles = new ArrayList<>();
		if (this.visitor.is("admin")) {
			consoles.add(new CatalogDocument.Item("", "admin", text("admin"), "/admin", "settings"));
		}
		if (this.visitor.is("developer")) {
			consoles.add(new CatalogDocument.Item("", "developer", text("developer"), "/developer", "code"));
		}
		if (this.visitor.is("designer") || this.visitor.is("developer")) {
			consoles.add(new CatalogDocument.Item("", "design", text("design"), "/design", "palette"));
		}
		return consoles;
	}

	// The longest address the path is below is the current one; home only for itself.
	private @Nullable String longestPrefix(List<CatalogDocument.Group> groups, List<CatalogDocument.Item> consoles) {
		String longest = null;
		List<CatalogDocument.Item> items = new ArrayList<>(consoles);
		groups.forEach((group) -> items.addAll(group.items()));
		for (CatalogDocument.Item item : items) {
			boolean within = this.visitor.path().equals(item.href())
					|| this.visitor.path().startsWith(item.href() + "/");
			if (within && (longest == null || item.href().length() > longest.length())) {
				longest = item.href();
			}
		}
		return longest;
	}

	private Layout.Item item(CatalogDocument.Item item, CatalogDocument.@Nullable Module module) {
		String path = this.visitor.path();
		String current = path.equals(item.href()) ? "page" : item.href().equals(this.best) ? "true" : null;
		boolean off = module != null && !module.enabled();
		return new Layout.Item(item.title(), item.href(), item.icon(), current, off ? text("off") : null);
	}

	private String text(String name) {
		return this.texts.get(name);
	}

}

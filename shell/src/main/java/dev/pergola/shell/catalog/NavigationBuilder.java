package dev.pergola.shell.catalog;

import java.util.List;
import java.util.Locale;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationEntry;
import dev.pergola.manifests.catalog.NavigationTree;
import dev.pergola.shell.person.Person;

/**
 * Draws the navigation of one person: what manifests propose, as administrators changed
 * it, without what the person may not open.
 */
final class NavigationBuilder {

	private final Navigation navigation;

	private final Person person;

	private final Locale locale;

	NavigationBuilder(Navigation navigation, Person person, Locale locale) {
		this.navigation = navigation;
		this.person = person;
		this.locale = locale;
	}

	List<CatalogDocument.Group> build(List<LiveModule> modules) {
		List<Manifest> manifests = modules.stream().map(LiveModule::manifest).toList();
		return NavigationTree.of(manifests, this.navigation)
			.branches(this.locale, (entry) -> entry.isShown() && this.person.has(entry.requires()))
			.stream()
			.filter((branch) -> !branch.entries().isEmpty())
			.map((branch) -> new CatalogDocument.Group(branch.name(),
					branch.entries().stream().map(this::item).toList()))
			.toList();
	}

	private CatalogDocument.Item item(NavigationEntry entry) {
		return new CatalogDocument.Item(entry.module(), entry.id(), entry.titleIn(this.locale), entry.href(),
				entry.icon());
	}

}

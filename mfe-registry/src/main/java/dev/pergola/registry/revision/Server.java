package dev.pergola.registry.revision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.NavigationItem;
import dev.pergola.manifests.Page;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.NavigationOverride;
import dev.pergola.registry.request.Person;
import dev.pergola.registry.revision.Served.ServedAgent;
import dev.pergola.registry.revision.Served.ServedItem;
import dev.pergola.registry.revision.Served.ServedModule;
import dev.pergola.registry.revision.Served.ServedPage;
import dev.pergola.registry.revision.Served.ServedSlot;

/**
 * Serves a catalog to a person.
 */
final class Server {

	private final Catalog catalog;

	private final Person person;

	private final List<ServedModule> modules = new ArrayList<>();

	private final List<ServedPage> pages = new ArrayList<>();

	private final List<ServedItem> navigation = new ArrayList<>();

	private final List<ServedSlot> slots = new ArrayList<>();

	private final List<ServedAgent> agents = new ArrayList<>();

	private Server(Catalog catalog, Person person) {
		this.catalog = catalog;
		this.person = person;
	}

	static Served serve(Catalog catalog, Person person) {
		Server server = new Server(catalog, person);
		for (CatalogModule module : catalog.modules()) {
			person.version(module).ifPresent((manifest) -> server.add(module, manifest));
		}
		server.navigation.sort(
				Comparator.comparing(ServedItem::group).thenComparing(ServedItem::order).thenComparing(ServedItem::id));
		return new Served(catalog.revision(), catalog.at(), server.modules, server.pages, server.navigation,
				server.slots, server.agents);
	}

	private void add(CatalogModule module, Manifest manifest) {
		String name = module.module();
		this.modules.add(new ServedModule(name, manifest.version(), module.enabled(), module.reason()));
		if (!module.enabled()) {
			return;
		}
		manifest.pages()
			.stream()
			.filter((page) -> this.person.has(page.requires()))
			.forEach((page) -> this.pages.add(new ServedPage(name, page.id(), page.path(), page.title())));
		manifest.navigation().forEach((item) -> item(name, manifest, item).ifPresent(this.navigation::add));
		manifest.slots()
			.stream()
			.filter((slot) -> this.person.has(slot.requires()))
			.forEach((slot) -> this.slots.add(new ServedSlot(name, slot.slot(), slot.element(), slot.order())));
		manifest.agents()
			.stream()
			.filter((agent) -> this.person.has(agent.requires()))
			.forEach((agent) -> this.agents.add(new ServedAgent(name, agent.id(), agent.title())));
	}

	private Optional<ServedItem> item(String module, Manifest manifest, NavigationItem item) {
		Optional<Page> page = manifest.findPage(item.page());
		Optional<NavigationOverride> override = this.catalog.navigation().findItem(module, item.id());
		if (page.isEmpty() || !this.person.has(item.requires()) || !this.person.has(page.get().requires())
				|| override.map(NavigationOverride::hidden).orElse(false)) {
			return Optional.empty();
		}
		String proposed = (item.group() != null) ? item.group() : "";
		LocalizedText title = override.map(NavigationOverride::title)
			.filter((changed) -> !changed.equals(LocalizedText.NONE))
			.orElse(item.title().equals(LocalizedText.NONE) ? page.get().title() : item.title());
		return Optional.of(new ServedItem(module, item.id(), override.map(NavigationOverride::group).orElse(proposed),
				override.map(NavigationOverride::order).orElse(item.order()), page.get().path(), title));
	}

}

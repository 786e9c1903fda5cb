package dev.pergola.shell.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import dev.pergola.manifests.EventPublication;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.Audience;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolver;
import dev.pergola.shell.assets.Assets;
import dev.pergola.shell.person.Person;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes catalogs for people, and keeps the last ones made: people with the same grants
 * and the same versions share one.
 */
public final class PersonalCatalogs {

	private final Supplier<Catalog> whole;

	private final Assets assets;

	private final JsonMapper json;

	private final Map<Key, PersonalCatalog> kept;

	/**
	 * Reads the whole catalog anew for each person.
	 * @param whole the catalog that is live now
	 * @param assets the portal's own files
	 * @param json writes the import map
	 * @param maxKept how many catalogs are kept, the least recently used go first
	 */
	public PersonalCatalogs(Supplier<Catalog> whole, Assets assets, JsonMapper json, int maxKept) {
		this.whole = whole;
		this.assets = assets;
		this.json = json;
		this.kept = new LinkedHashMap<>(16, 0.75f, true) {
			@Override
			protected boolean removeEldestEntry(Map.Entry<Key, PersonalCatalog> eldest) {
				return size() > maxKept;
			}
		};
	}

	/**
	 * The catalog of a person as it is live now.
	 * @param person whose
	 * @param locale language of the titles
	 * @return never older than the whole catalog at the time of the call
	 */
	public PersonalCatalog of(Person person, Locale locale) {
		Catalog catalog = this.whole.get();
		Key key = new Key(catalog.revision(), person.grants(), versions(catalog, person.audience()), locale);
		synchronized (this.kept) {
			PersonalCatalog known = this.kept.get(key);
			if (known != null) {
				return known;
			}
		}
		PersonalCatalog made = make(catalog, person, locale);
		synchronized (this.kept) {
			this.kept.put(key, made);
		}
		return made;
	}

	/**
	 * A catalog without any module, for pages that nobody in particular reads.
	 * @param person whom to make it for
	 * @param locale language of the page
	 * @return an empty catalog of revision 0
	 */
	public PersonalCatalog none(Person person, Locale locale) {
		return make(Catalog.EMPTY, person, locale);
	}

	/*
	 * Only modules that have more than one live version tell people apart.
	 */
	private Map<String, String> versions(Catalog catalog, Audience audience) {
		Map<String, String> versions = new HashMap<>();
		for (CatalogModule module : catalog.modules()) {
			if (module.rollout().size() > 1 || !module.overrides().isEmpty()) {
				Resolver.version(module, audience)
					.ifPresent((manifest) -> versions.put(module.module(), manifest.version()));
			}
		}
		return versions;
	}

	private PersonalCatalog make(Catalog catalog, Person person, Locale locale) {
		List<LiveModule> modules = new ArrayList<>();
		Audience audience = person.audience();
		for (CatalogModule module : catalog.modules()) {
			live(module, audience).ifPresent(modules::add);
		}
		CatalogDocument document = document(catalog, modules, person, locale);
		String importMap = this.json.writeValueAsString(ImportMap.of(this.assets, document)).replace("<", "\\u003c");
		return new PersonalCatalog(document, modules, new PageTable(modules), importMap, locale);
	}

	/**
	 * Whose version is switched off, and who gets no other, gets to see why.
	 */
	private static Optional<LiveModule> live(CatalogModule module, Audience audience) {
		Optional<LiveModule> live = Resolver.version(module, audience)
			.map((manifest) -> new LiveModule(module, manifest));
		if (live.isPresent() || module.off().isEmpty()) {
			return live;
		}
		return Resolver.version(module.withAllVersions(), audience)
			.map((manifest) -> new LiveModule(module.switchedOff(module.off().getOrDefault(manifest.version(), "")),
					manifest));
	}

	private CatalogDocument document(Catalog catalog, List<LiveModule> modules, Person person, Locale locale) {
		List<CatalogDocument.Module> described = new ArrayList<>();
		List<CatalogDocument.Page> pages = new ArrayList<>();
		List<CatalogDocument.Slot> slots = new ArrayList<>();
		List<CatalogDocument.Agent> agents = new ArrayList<>();
		for (LiveModule module : modules) {
			int before = pages.size() + slots.size() + agents.size();
			Manifest manifest = module.manifest();
			manifest.pages()
				.stream()
				.filter((page) -> person.has(page.requires()))
				.forEach((page) -> pages.add(new CatalogDocument.Page(module.name(), page.id(), page.path(),
						page.titleIn(locale), page.element())));
			if (module.module().enabled()) {
				manifest.slots()
					.stream()
					.filter((slot) -> person.has(slot.requires()))
					.forEach((slot) -> slots
						.add(new CatalogDocument.Slot(module.name(), slot.slot(), slot.element(), slot.order())));
				manifest.agents()
					.stream()
					.filter((agent) -> person.has(agent.requires()))
					.forEach((agent) -> agents
						.add(new CatalogDocument.Agent(module.name(), agent.id(), agent.titleIn(locale))));
			}
			if (pages.size() + slots.size() + agents.size() > before) {
				described.add(describe(module, locale));
			}
		}
		slots.sort(Comparator.comparingInt(CatalogDocument.Slot::order).thenComparing(CatalogDocument.Slot::module));
		return new CatalogDocument(catalog.revision(), "", described, pages, slots,
				new NavigationBuilder(catalog.navigation(), person, locale).build(modules), agents);
	}

	private CatalogDocument.Module describe(LiveModule module, Locale locale) {
		Map<String, String> integrity = new TreeMap<>();
		module.manifest().files().forEach((file, hash) -> integrity.put(module.url(file), hash));
		List<String> styles = module.manifest().entry().styles().stream().map(module::url).toList();
		CatalogModule state = module.module();
		return new CatalogDocument.Module(module.name(), module.version(), module.title(locale), state.enabled(),
				state.reason(), new CatalogDocument.Entry(module.format().text(), module.entryUrl(), styles), integrity,
				events(module.manifest()), state.off());
	}

	private CatalogDocument.Events events(Manifest manifest) {
		return new CatalogDocument.Events(manifest.events().publishes().stream().map(EventPublication::type).toList(),
				manifest.events().subscribes());
	}

	private record Key(long revision, Set<String> grants, Map<String, String> versions, Locale locale) {
	}

}

package dev.pergola.shell.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.NavigationItem;
import dev.pergola.manifests.Page;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationGroup;
import dev.pergola.manifests.catalog.NavigationOverride;
import dev.pergola.shell.person.Person;
import org.jspecify.annotations.Nullable;

/**
 * Draws the navigation of one person: what manifests propose, as administrators changed
 * it, without what the person may not open.
 */
final class NavigationBuilder {

	private final Map<String, NavigationOverride> overrides = new HashMap<>();

	private final Map<String, NavigationGroup> groups = new HashMap<>();

	private final Person person;

	private final Locale locale;

	NavigationBuilder(Navigation navigation, Person person, Locale locale) {
		navigation.items().forEach((item) -> this.overrides.put(item.module() + "/" + item.id(), item));
		navigation.groups().forEach((group) -> this.groups.put(group.id(), group));
		this.person = person;
		this.locale = locale;
	}

	List<CatalogDocument.Group> build(List<LiveModule> modules) {
		Map<String, List<Placed>> byGroup = new LinkedHashMap<>();
		for (LiveModule module : modules) {
			for (NavigationItem item : module.manifest().navigation()) {
				place(module, item).ifPresent(
						(placed) -> byGroup.computeIfAbsent(placed.group(), (key) -> new ArrayList<>()).add(placed));
			}
		}
		Comparator<String> order = Comparator.comparingInt(this::orderOf).thenComparing(this::titleOf);
		return byGroup.keySet().stream().sorted(order).map((group) -> {
			List<Placed> placed = byGroup.getOrDefault(group, List.of());
			return new CatalogDocument.Group(titleOf(group),
					placed.stream().sorted(Placed.ORDER).map(Placed::item).toList());
		}).toList();
	}

	private Optional<Placed> place(LiveModule module, NavigationItem item) {
		NavigationOverride override = this.overrides.get(module.name() + "/" + item.id());
		boolean hidden = override != null && override.hidden();
		Optional<Page> page = module.manifest().findPage(item.page());
		if (hidden || page.isEmpty() || !this.person.has(item.requires()) || !this.person.has(page.get().requires())) {
			return Optional.empty();
		}
		LocalizedText changed = (override != null) ? override.title() : LocalizedText.NONE;
		String title = changed.in(this.locale)
			.or(() -> item.title().in(this.locale))
			.orElseGet(() -> page.get().titleIn(this.locale));
		Integer order = (override != null) ? override.order() : null;
		String group = (override != null && override.group() != null) ? override.group() : item.group();
		CatalogDocument.Item link = new CatalogDocument.Item(module.name(), item.id(), title, page.get().path(),
				item.icon());
		return Optional.of(new Placed(orEmpty(group), (order != null) ? order : item.order(), link));
	}

	private int orderOf(String group) {
		NavigationGroup known = this.groups.get(group);
		return group.isEmpty() ? Integer.MIN_VALUE : (known != null) ? known.order() : Integer.MAX_VALUE;
	}

	private String titleOf(String group) {
		NavigationGroup known = this.groups.get(group);
		return (known != null) ? known.titleIn(this.locale) : group.isEmpty() ? "" : LocalizedText.readable(group);
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private record Placed(String group, int order, CatalogDocument.Item item) {

		static final Comparator<Placed> ORDER = Comparator.comparingInt(Placed::order)
			.thenComparing((placed) -> placed.item().title())
			.thenComparing((placed) -> placed.item().module());

	}

}

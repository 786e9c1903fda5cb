package dev.pergola.registry.navigation;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationEntry;
import dev.pergola.manifests.catalog.NavigationTree;
import dev.pergola.registry.navigation.lint.LintFinding;
import dev.pergola.registry.navigation.lint.NavigationLinter;
import dev.pergola.registry.request.Person;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an overlay beside what modules propose: in the versions most people get, or in
 * those somebody gets.
 */
public final class NavigationLook {

	private final Supplier<Catalog> catalog;

	private final NavigationProperties properties;

	/**
	 * Looks at what is live.
	 * @param catalog what is live at the time of each call
	 */
	public NavigationLook(Supplier<Catalog> catalog, NavigationProperties properties) {
		this.catalog = catalog;
		this.properties = properties;
	}

	List<LintFinding> lint(Navigation overlay) {
		return NavigationLinter.lint(this.properties, this.catalog.get().modules(), overlay);
	}

	List<NavigationChange> diff(Navigation before, Navigation after) {
		return NavigationDiff.between(manifests(), before, after);
	}

	/** What modules propose, by {@code module/id}. */
	Map<String, NavigationEntry> proposed() {
		return NavigationTree.of(manifests(), Navigation.NONE).entries();
	}

	Why why(Navigation overlay, String key, Person person) {
		Catalog now = this.catalog.get();
		Map<String, NavigationEntry> entries = NavigationTree.of(manifests(now, person), overlay).entries();
		Optional<CatalogModule> module = now.findModule(key.substring(0, key.indexOf('/')));
		return Why.of(key, person.names(), module.map((found) -> Given.of(found, person)), entries.get(key));
	}

	/** The menu of somebody, in the versions they get. */
	List<Menu> preview(Navigation overlay, Person person, Locale locale) {
		return NavigationTree.of(manifests(this.catalog.get(), person), overlay)
			.branches(locale, (entry) -> entry.isShown() && person.has(entry.requires()))
			.stream()
			.filter((branch) -> !branch.entries().isEmpty())
			.map((branch) -> new Menu(branch.name(),
					branch.entries().stream().map((entry) -> new MenuItem(entry, locale)).toList()))
			.collect(Collectors.toList());
	}

	/** A version that is switched off still has its entries, as on the person's pages. */
	private static Collection<Manifest> manifests(Catalog catalog, Person person) {
		return catalog.modules()
			.stream()
			.flatMap((module) -> person.version(module).or(() -> person.version(module.withAllVersions())).stream())
			.toList();
	}

	private Collection<Manifest> manifests() {
		return this.catalog.get().modules().stream().flatMap((module) -> module.usual().stream()).toList();
	}

	/**
	 * A heading and what stands below it.
	 *
	 * @param group title, empty for the top
	 */
	record Menu(String group, List<MenuItem> items) {

	}

	/**
	 * A line of the menu.
	 *
	 * @param key {@code module/id}, or {@code /id} for a link
	 */
	record MenuItem(String key, String title, String href, @Nullable String icon) {

		MenuItem(NavigationEntry entry, Locale locale) {
			this(entry.key(), entry.titleIn(locale), entry.href(), entry.icon());
		}

	}

}

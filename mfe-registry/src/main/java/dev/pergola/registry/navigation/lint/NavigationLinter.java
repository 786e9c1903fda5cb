package dev.pergola.registry.navigation.lint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.NavigationItem;
import dev.pergola.manifests.Page;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationEntry;
import dev.pergola.manifests.catalog.NavigationLink;
import dev.pergola.manifests.catalog.NavigationOverride;
import dev.pergola.manifests.catalog.NavigationTree;
import dev.pergola.manifests.catalog.NavigationTree.Branch;
import dev.pergola.manifests.catalog.PortalPages;
import dev.pergola.registry.navigation.NavigationProperties;
import dev.pergola.registry.navigation.Pointers;

/**
 * The rules of a good navigation, over the versions most people get.
 */
public final class NavigationLinter {

	private final NavigationProperties properties;

	private final Map<String, CatalogModule> modules = new HashMap<>();

	private final Map<String, Manifest> manifests = new HashMap<>();

	private final PortalPages pages = new PortalPages(this.manifests.values());

	private final Navigation overlay;

	private final Pointers pointers;

	private final List<LintFinding> findings = new ArrayList<>();

	private NavigationLinter(NavigationProperties properties, Collection<CatalogModule> modules, Navigation overlay) {
		this.properties = properties;
		this.overlay = overlay;
		this.pointers = new Pointers(overlay);
		for (CatalogModule module : modules) {
			this.modules.put(module.module(), module);
			module.usual().ifPresent((manifest) -> this.manifests.put(module.module(), manifest));
		}
	}

	/**
	 * Looks at a navigation.
	 * @param modules what is live
	 * @param overlay what administrators changed, or want to
	 * @return errors first, each group in the order of the navigation
	 */
	public static List<LintFinding> lint(NavigationProperties properties, Collection<CatalogModule> modules,
			Navigation overlay) {
		return new NavigationLinter(properties, modules, overlay).run();
	}

	private List<LintFinding> run() {
		this.overlay.items().forEach(this::override);
		this.overlay.links().forEach(this::link);
		this.manifests.values().forEach((manifest) -> manifest.navigation().forEach((item) -> item(manifest, item)));
		List<Branch> branches = NavigationTree.of(this.manifests.values(), this.overlay)
			.branches(Locale.ROOT, NavigationEntry::isShown);
		branches.forEach(this::branch);
		siblings(branches);
		return this.findings.stream()
			.sorted(Comparator.comparing(LintFinding::severity).thenComparing(LintFinding::pointer, this::byPlace))
			.toList();
	}

	private int byPlace(String one, String other) {
		String[] first = one.split("/");
		String[] second = other.split("/");
		boolean numbered = first.length > 2 && second.length > 2 && first[1].equals(second[1]);
		return numbered ? Integer.compare(Integer.parseInt(first[2]), Integer.parseInt(second[2]))
				: one.compareTo(other);
	}

	private void override(NavigationOverride item) {
		String key = item.module() + "/" + item.id();
		CatalogModule module = this.modules.get(item.module());
		if (module == null) {
			add("unknown-module", Severity.WARNING, key, "There is no module “%s”.".formatted(item.module()));
		}
		else if (module.versions().values().stream().noneMatch((version) -> has(version, item.id()))) {
			add("unknown-item", Severity.WARNING, key,
					"No live version of module “%s” proposes the item “%s”.".formatted(item.module(), item.id()));
		}
		else if (!this.manifests.containsKey(item.module()) && !item.hidden()) {
			add("seen-by-nobody", Severity.WARNING, key,
					"Nobody sees “%s”: module “%s” is rolled out to nobody by share.".formatted(key, item.module()));
		}
		lockedHidden(key, item.locked(), item.hidden());
	}

	private void lockedHidden(String key, boolean locked, boolean hidden) {
		if (locked && hidden) {
			add("locked-hidden", Severity.ERROR, key,
					"“%s” is locked and hidden; locked wins and people see it. Take one of the two away."
						.formatted(key));
		}
	}

	private void link(NavigationLink link) {
		String key = "/" + link.id();
		lockedHidden(key, link.locked(), link.hidden());
		Optional<Page> page = this.pages.find(link.href());
		if (page.isEmpty() && !isPortalPath(link.href())) {
			add("dead-route", Severity.ERROR, key,
					"“%s” leads to %s, where no live module has a page.".formatted(link.id(), link.href()));
		}
		page.ifPresent((target) -> forbidden(key, link.requires(), target));
	}

	private boolean isPortalPath(String href) {
		String path = href.replaceAll("[?#].*$", "");
		return path.equals("/") || this.properties.portalPaths()
			.stream()
			.anyMatch((known) -> path.equals(known) || path.startsWith(known + "/"));
	}

	private void item(Manifest manifest, NavigationItem item) {
		String key = manifest.module() + "/" + item.id();
		Optional<Page> page = manifest.findPage(item.page());
		if (page.isEmpty()) {
			add("dead-route", Severity.ERROR, key,
					"“%s” leads to the page “%s”, which its module does not have.".formatted(key, item.page()));
		}
		else if (!item.requires().isEmpty()) {
			forbidden(key, item.requires(), page.get());
		}
	}

	private void forbidden(String key, List<String> asked, Page page) {
		List<String> missing = page.requires().stream().filter((name) -> !asked.contains(name)).toList();
		if (!missing.isEmpty()) {
			add("route-forbidden", Severity.WARNING, key,
					"“%s” does not ask for %s, but the page %s it leads to does: who lacks it would be refused there."
						.formatted(key, String.join(", ", missing), page.path()));
		}
	}

	private void branch(Branch branch) {
		if (!branch.group().isEmpty()) {
			group(branch);
		}
		branch.entries().forEach(this::entry);
		for (String language : this.properties.languages()) {
			duplicates(branch, language);
		}
		if (branch.entries().size() > this.properties.maxSiblings()) {
			addGroup("too-many-siblings", Severity.WARNING, branch.group(), "%s has %d entries (expected: at most %d)."
				.formatted(nameOf(branch), branch.entries().size(), this.properties.maxSiblings()));
		}
		if (branch.depth() > this.properties.maxDepth()) {
			addGroup("too-deep", Severity.WARNING, branch.group(),
					"Entries of %s are %d levels down (expected: at most %d).".formatted(nameOf(branch), branch.depth(),
							this.properties.maxDepth()));
		}
	}

	private void group(Branch branch) {
		untranslated(branch.title()).ifPresent((languages) -> addGroup("missing-translation", Severity.WARNING,
				branch.group(), "%s has no title in %s.".formatted(nameOf(branch), languages)));
		boolean parent = this.overlay.groups().stream().anyMatch((group) -> branch.group().equals(group.parent()));
		if (branch.entries().isEmpty() && !parent) {
			addGroup("seen-by-nobody", Severity.NOTE, branch.group(),
					"%s is empty, so nobody sees it.".formatted(nameOf(branch)));
		}
	}

	private void entry(NavigationEntry entry) {
		String name = entry.titleIn(Locale.ENGLISH);
		untranslated(entry.title()).ifPresent((languages) -> add("missing-translation", Severity.WARNING, entry.key(),
				"“%s” has no title in %s.".formatted(name, languages)));
		if (entry.icon() == null) {
			add("missing-icon", Severity.WARNING, entry.key(), "“%s” has no icon.".formatted(name));
		}
		if (entry.requires().isEmpty()) {
			add("missing-role", Severity.NOTE, entry.key(),
					"“%s” asks for no role or permission: everybody who is signed in sees it.".formatted(name));
		}
		Set<String> unknown = new HashSet<>(entry.requires());
		unknown.removeAll(this.properties.roles());
		if (!this.properties.roles().isEmpty() && !unknown.isEmpty()) {
			add("seen-by-nobody", Severity.WARNING, entry.key(), "Nobody sees “%s”: nobody can have %s.".formatted(name,
					unknown.stream().sorted().collect(Collectors.joining(", "))));
		}
	}

	private Optional<String> untranslated(LocalizedText title) {
		List<String> missing = this.properties.languages()
			.stream()
			.filter((language) -> !title.texts().containsKey(language))
			.toList();
		return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
	}

	private void duplicates(Branch branch, String language) {
		Map<String, NavigationEntry> labels = new HashMap<>();
		for (NavigationEntry entry : branch.entries()) {
			String label = entry.titleIn(Locale.forLanguageTag(language));
			NavigationEntry first = labels.putIfAbsent(label.toLowerCase(Locale.ROOT).strip(), entry);
			if (first != null) {
				add("duplicate-label", Severity.WARNING, entry.key(), "“%s” has the same name as “%s” in %s (%s): “%s”."
					.formatted(entry.key(), first.key(), nameOf(branch), language, label));
			}
		}
	}

	private void siblings(List<Branch> branches) {
		long groups = branches.stream().filter((branch) -> branch.depth() == 2).count();
		if (groups > this.properties.maxSiblings()) {
			this.findings.add(new LintFinding("too-many-siblings", Severity.WARNING, "/groups", "",
					"There are %d groups beside one another (expected: at most %d).".formatted(groups,
							this.properties.maxSiblings())));
		}
	}

	private static boolean has(Manifest manifest, String id) {
		return manifest.navigation().stream().anyMatch((item) -> item.id().equals(id));
	}

	private static String nameOf(Branch branch) {
		return branch.group().isEmpty() ? "The top" : "Group “%s”".formatted(branch.name());
	}

	private void add(String rule, Severity severity, String key, String message) {
		this.findings.add(new LintFinding(rule, severity, this.pointers.entry(key), key, message));
	}

	private void addGroup(String rule, Severity severity, String group, String message) {
		this.findings.add(new LintFinding(rule, severity, this.pointers.group(group), "group:" + group, message));
	}

}

package dev.pergola.manifests.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.NavigationItem;
import org.jspecify.annotations.Nullable;

/**
 * The navigation that manifests propose and administrators changed: the one place that
 * puts both together. The work grows with the number of entries, not with its square.
 */
public final class NavigationTree {

	private final Map<String, NavigationEntry> entries;

	private final Map<String, NavigationGroup> groups = new LinkedHashMap<>();

	private NavigationTree(Map<String, NavigationEntry> entries, Navigation overlay) {
		this.entries = entries;
		overlay.groups().forEach((group) -> this.groups.putIfAbsent(group.id(), group));
	}

	/**
	 * Puts manifests and overlay together.
	 * @param manifests one of each module, in the version that counts
	 * @param overlay what administrators changed; what it says of other modules is passed
	 * over
	 */
	public static NavigationTree of(Collection<Manifest> manifests, Navigation overlay) {
		Map<String, NavigationOverride> overrides = new HashMap<>();
		overlay.items().forEach((item) -> overrides.putIfAbsent(item.module() + "/" + item.id(), item));
		Map<String, NavigationEntry> entries = new LinkedHashMap<>();
		for (Manifest manifest : manifests) {
			for (NavigationItem item : manifest.navigation()) {
				String key = manifest.module() + "/" + item.id();
				manifest.findPage(item.page())
					.ifPresent((page) -> entries.put(key,
							NavigationEntry.of(manifest.module(), item, page, overrides.get(key))));
			}
		}
		PortalPages pages = new PortalPages(manifests);
		for (NavigationLink link : overlay.links()) {
			NavigationEntry entry = NavigationEntry.of(link,
					pages.find(link.href()).map((page) -> page.requires()).orElse(List.of()));
			entries.put(entry.key(), entry);
		}
		return new NavigationTree(Collections.unmodifiableMap(entries), overlay);
	}

	/**
	 * All entries.
	 * @return by {@link NavigationEntry#key()}, in the order of the manifests
	 */
	public Map<String, NavigationEntry> entries() {
		return this.entries;
	}

	/**
	 * Groups with their entries.
	 * @param locale language that ties are settled in
	 * @param wanted which entries count
	 * @return the top first, when it has entries; then every group of the overlay, and
	 * every other one that has entries, each below its parent
	 */
	public List<Branch> branches(Locale locale, Predicate<NavigationEntry> wanted) {
		Map<String, List<NavigationEntry>> byGroup = new HashMap<>();
		Set<String> ids = new LinkedHashSet<>(this.groups.keySet());
		this.entries.values().stream().filter(wanted).sorted(NavigationEntry.in(locale)).forEach((entry) -> {
			byGroup.computeIfAbsent(entry.group(), (key) -> new ArrayList<>()).add(entry);
			ids.add(entry.group());
		});
		Map<String, List<String>> below = new HashMap<>();
		Comparator<String> order = Comparator.comparingInt(this::orderOf).thenComparing((id) -> titleOf(id, locale));
		ids.stream()
			.sorted(order)
			.forEach((id) -> below.computeIfAbsent(parentOf(id), (key) -> new ArrayList<>()).add(id));
		List<Branch> branches = new ArrayList<>();
		if (ids.contains("")) {
			branches.add(new Branch("", LocalizedText.NONE, "", "", 1, byGroup.getOrDefault("", List.of())));
		}
		collect("", "", 1, below, byGroup, locale, branches);
		return branches;
	}

	private void collect(String parent, String path, int depth, Map<String, List<String>> below,
			Map<String, List<NavigationEntry>> byGroup, Locale locale, List<Branch> branches) {
		for (String id : below.getOrDefault(parent, List.of())) {
			if (!id.isEmpty()) {
				String title = path.isEmpty() ? titleOf(id, locale) : path + " · " + titleOf(id, locale);
				NavigationGroup known = this.groups.get(id);
				branches.add(new Branch(id, (known != null) ? known.title() : LocalizedText.NONE, title, parent,
						depth + 1, byGroup.getOrDefault(id, List.of())));
				collect(id, title, depth + 1, below, byGroup, locale, branches);
			}
		}
	}

	/** A parent that is not there, or above itself, counts as none. */
	private String parentOf(String id) {
		String parent = parent(id);
		Set<String> seen = new LinkedHashSet<>(Set.of(id));
		for (String up = parent; up != null; up = parent(up)) {
			if (!seen.add(up) || !this.groups.containsKey(up)) {
				return "";
			}
		}
		return Objects.requireNonNullElse(parent, "");
	}

	private @Nullable String parent(String id) {
		NavigationGroup group = this.groups.get(id);
		return (group != null) ? group.parent() : null;
	}

	private int orderOf(String id) {
		NavigationGroup known = this.groups.get(id);
		return (known != null) ? known.order() : Integer.MAX_VALUE;
	}

	private String titleOf(String id, Locale locale) {
		NavigationGroup known = this.groups.get(id);
		return (known != null) ? known.titleIn(locale) : LocalizedText.readable(id);
	}

	/**
	 * A group and its entries.
	 *
	 * @param group id, empty for the top
	 * @param title as the overlay gives it, may be empty
	 * @param name title in the language, with those of the groups above it; empty for the
	 * top
	 * @param parent id of the group it is below, empty for none
	 * @param depth of its entries: 1 at the top, 2 in a group, 3 in a group within a
	 * group
	 * @param entries in order
	 */
	public record Branch(String group, LocalizedText title, String name, String parent, int depth,
			List<NavigationEntry> entries) {

		public Branch {
			entries = List.copyOf(entries);
		}

	}

}

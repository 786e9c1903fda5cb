package dev.pergola.shell.admin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationEntry;
import dev.pergola.manifests.catalog.NavigationGroup;
import dev.pergola.manifests.catalog.NavigationLink;
import dev.pergola.manifests.catalog.NavigationTree;
import org.jspecify.annotations.Nullable;

/**
 * The navigation as administrators arrange it. Every change makes a new overlay and
 * changes what it says and nothing else: no entry is lost, doubled or renamed by a move.
 */
final class NavigationDraft {

	private static final int STEP = 10;

	private final Collection<Manifest> manifests;

	private final Navigation overlay;

	private final Map<String, NavigationNode> nodes = new LinkedHashMap<>();

	private final Map<String, Group> groups = new LinkedHashMap<>();

	private final Map<String, Integer> places = new HashMap<>();

	private NavigationDraft(Collection<Manifest> manifests, Navigation overlay) {
		this.manifests = manifests;
		this.overlay = overlay;
		Map<String, NavigationEntry> proposed = NavigationTree.of(manifests, Navigation.NONE).entries();
		NavigationTree tree = NavigationTree.of(manifests, overlay);
		tree.entries().forEach((key, entry) -> this.nodes.put(key, NavigationNode.of(entry, proposed.get(key))));
		this.groups.put("", new Group("", LocalizedText.NONE, "", "", 0, List.of()));
		for (NavigationTree.Branch branch : tree.branches(Locale.ENGLISH, (entry) -> true)) {
			List<NavigationNode> items = new ArrayList<>();
			for (NavigationEntry entry : branch.entries()) {
				this.places.put(entry.key(), items.size());
				items.add(find(entry.key()));
			}
			this.groups.put(branch.group(), new Group(branch.group(), branch.title(), branch.name(), branch.parent(),
					branch.depth() - 1, List.copyOf(items)));
		}
	}

	/**
	 * What modules propose, as an overlay changes it.
	 * @param catalog modules in the version most people get
	 * @param overlay what administrators changed
	 */
	static NavigationDraft of(Catalog catalog, Navigation overlay) {
		return new NavigationDraft(catalog.modules()
			.stream()
			.flatMap((module) -> module.usual().or(() -> first(module)).stream())
			.toList(), overlay);
	}

	private static Optional<Manifest> first(CatalogModule module) {
		return module.versions().values().stream().findFirst();
	}

	/** What to keep. */
	Navigation overlay() {
		return this.overlay;
	}

	/** Entries by key. */
	Map<String, NavigationNode> nodes() {
		return this.nodes;
	}

	/** Groups with their entries, in order; the top comes first and has an empty id. */
	List<Group> groups() {
		return List.copyOf(this.groups.values());
	}

	/** A group, {@code null} when there is none of that id. */
	@Nullable Group group(String id) {
		return this.groups.get(id);
	}

	/** The group an entry is in. */
	Group groupOf(NavigationNode node) {
		return Optional.ofNullable(this.groups.get(node.group())).orElseThrow();
	}

	/**
	 * Moves an entry within its group.
	 * @param place place it gets, from 0; beyond the ends counts as the end
	 */
	NavigationDraft move(String key, int place) {
		return arrange(find(key), find(key).group(), place);
	}

	/** Moves an entry to the end of another group. */
	NavigationDraft moveTo(String key, String group) {
		return find(key).group().equals(group) ? this : moveTo(key, group, Integer.MAX_VALUE);
	}

	/** Moves an entry to a place in a group. */
	NavigationDraft moveTo(String key, String group, int place) {
		return this.groups.containsKey(group) ? arrange(find(key), group, place) : this;
	}

	/** Hides an entry, or shows it again. */
	NavigationDraft hide(String key, boolean hidden) {
		NavigationNode node = find(key);
		return change((overlay) -> overlay.show(node, hidden, node.locked()));
	}

	/** Says whether people may hide an entry. */
	NavigationDraft lock(String key, boolean locked) {
		NavigationNode node = find(key);
		return change((overlay) -> overlay.show(node, node.hidden(), locked));
	}

	/** Names an entry; what its manifest proposes anyway is not kept. */
	NavigationDraft rename(String key, LocalizedText title) {
		NavigationNode node = find(key);
		return describe(node, title, node.icon());
	}

	/** Gives an entry an icon; none gives an item back that of its manifest. */
	NavigationDraft draw(String key, @Nullable String icon) {
		NavigationNode node = find(key);
		return describe(node, node.title(), icon);
	}

	private NavigationDraft describe(NavigationNode node, LocalizedText title, @Nullable String icon) {
		NavigationNode.Own own = node.own();
		boolean ownTitle = !node.isLink() && title.equals(own.title());
		boolean ownIcon = !node.isLink() && Objects.equals(icon, own.icon());
		return change((overlay) -> overlay.name(node, ownTitle ? LocalizedText.NONE : title, ownIcon ? null : icon));
	}

	/** Says where a link leads and whom it is for; an item is left alone. */
	NavigationDraft aim(String key, String href, List<String> requires) {
		NavigationNode node = find(key);
		return node.isLink() ? change((overlay) -> overlay.aim(node, href, requires)) : this;
	}

	/** Adds a link at the end of a group. */
	NavigationDraft link(String id, LocalizedText title, String href, String group) {
		int order = inGroup(group).stream().mapToInt(NavigationNode::order).max().orElse(0) + STEP;
		return change((overlay) -> overlay.put(new NavigationLink(id, title, href, group.isEmpty() ? null : group,
				order, null, false, false, List.of())));
	}

	/** Takes a link away; an item stays. */
	NavigationDraft remove(String key) {
		NavigationNode node = find(key);
		return change((overlay) -> overlay.remove(node));
	}

	/** Place of an entry in its group, from 0. */
	int placeOf(String key) {
		return this.places.getOrDefault(key, 0);
	}

	/** Adds a group at the end, or names the one there is. */
	NavigationDraft group(String id, LocalizedText title) {
		List<NavigationGroup> changed = new ArrayList<>();
		boolean known = false;
		for (NavigationGroup group : this.overlay.groups()) {
			boolean same = group.id().equals(id);
			known |= same;
			changed.add(same ? new NavigationGroup(id, title, group.order(), group.parent()) : group);
		}
		if (!known) {
			int last = changed.stream().mapToInt(NavigationGroup::order).max().orElse(0);
			changed.add(new NavigationGroup(id, title, last + STEP));
		}
		return with(changed);
	}

	/**
	 * Moves a group, with all below it.
	 * @param parent id of the group it comes below, empty for none
	 * @param place place among the groups there, from 0; beyond the ends counts as the
	 * end
	 * @return the same draft when the group would come below itself
	 */
	NavigationDraft moveGroup(String id, String parent, int place) {
		Group moved = this.groups.get(id);
		if (id.isEmpty() || moved == null || !this.groups.containsKey(parent) || isWithin(parent, id)) {
			return this;
		}
		List<Group> siblings = new ArrayList<>(below(parent));
		int from = siblings.indexOf(moved);
		siblings.remove(moved);
		int to = Math.clamp(place, 0, siblings.size());
		if (from == to) {
			return this;
		}
		siblings.add(to, moved);
		Map<String, NavigationGroup> changed = new LinkedHashMap<>();
		this.overlay.groups().forEach((group) -> changed.put(group.id(), group));
		for (int i = 0; i < siblings.size(); i++) {
			Group group = siblings.get(i);
			changed.put(group.id(),
					new NavigationGroup(group.id(), group.title(), (i + 1) * STEP, parent.isEmpty() ? null : parent));
		}
		if (!parent.isEmpty() && !changed.containsKey(parent)) {
			changed.put(parent, new NavigationGroup(parent, LocalizedText.NONE, below("").size() * STEP));
		}
		return with(List.copyOf(changed.values()));
	}

	/** Groups right below a group, in order; those of the top for an empty id. */
	List<Group> below(String parent) {
		return this.groups.values()
			.stream()
			.filter((group) -> !group.id().isEmpty() && group.parent().equals(parent))
			.toList();
	}

	/** Place of a group among those beside it, from 0. */
	int placeOfGroup(String id) {
		Group group = this.groups.get(id);
		return (group != null) ? below(group.parent()).indexOf(group) : -1;
	}

	/** Whether a group is another one, or below it. */
	boolean isWithin(String id, String other) {
		Group group = this.groups.get(id);
		while (group != null && !group.id().isEmpty()) {
			if (group.id().equals(other)) {
				return true;
			}
			group = this.groups.get(group.parent());
		}
		return false;
	}

	// One new number for the moved entry where there is room, so that others' are left
	// alone.
	private NavigationDraft arrange(NavigationNode moved, String group, int place) {
		List<NavigationNode> list = new ArrayList<>(inGroup(group));
		list.removeIf((node) -> node.key().equals(moved.key()));
		int at = Math.clamp(place, 0, list.size());
		if (moved.group().equals(group) && at == placeOf(moved.key())) {
			return this;
		}
		Optional<Integer> free = free(list, at);
		if (free.isPresent()) {
			return change((overlay) -> overlay.place(moved.at(group, free.get())));
		}
		list.add(at, moved);
		return change((overlay) -> {
			for (int i = 0; i < list.size(); i++) {
				overlay.place(list.get(i).at(group, (i + 1) * STEP));
			}
		});
	}

	private static Optional<Integer> free(List<NavigationNode> list, int at) {
		if (list.isEmpty()) {
			return Optional.of(STEP);
		}
		if (at == list.size()) {
			return Optional.of(list.getLast().order() + STEP);
		}
		int next = list.get(at).order();
		int previous = (at > 0) ? list.get(at - 1).order() : next - 2 * STEP;
		return (next - previous > 1) ? Optional.of(previous + (next - previous) / 2) : Optional.empty();
	}

	private List<NavigationNode> inGroup(String id) {
		Group group = this.groups.get(id);
		return (group != null) ? group.items() : List.of();
	}

	private NavigationNode find(String key) {
		return Optional.ofNullable(this.nodes.get(key))
			.orElseThrow(() -> new IllegalArgumentException("item: %s (expected: one there is)".formatted(key)));
	}

	private NavigationDraft with(List<NavigationGroup> groups) {
		return new NavigationDraft(this.manifests, new Navigation(groups, this.overlay.items(), this.overlay.links()));
	}

	private NavigationDraft change(Consumer<Overlay> change) {
		Overlay changed = new Overlay(this.overlay);
		change.accept(changed);
		return new NavigationDraft(this.manifests, changed.navigation());
	}

	/**
	 * A group and its entries.
	 *
	 * @param id empty for the top
	 * @param path English title with those of the groups above it
	 * @param parent id of the group it is below, empty for none
	 * @param level 0 for the top, 1 for a group, 2 for a group within a group
	 */
	record Group(String id, LocalizedText title, String path, String parent, int level, List<NavigationNode> items) {

		/** English title, or a readable form of the id. */
		public String name() {
			return this.id.isEmpty() ? "Top, without a heading" : this.path;
		}

		/** English title alone, without those of the groups above. */
		public String label() {
			return this.title.in(Locale.ENGLISH).orElseGet(() -> LocalizedText.readable(this.id));
		}

		/** Title in one language, empty when there is none. */
		public String titleIn(String language) {
			return this.title.texts().getOrDefault(language, "");
		}

	}

}

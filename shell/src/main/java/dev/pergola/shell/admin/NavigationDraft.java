package dev.pergola.shell.admin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.NavigationItem;
import dev.pergola.manifests.Page;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationGroup;
import dev.pergola.manifests.catalog.NavigationOverride;
import org.jspecify.annotations.Nullable;

/**
 * The navigation as an administrator arranges it. Every change makes a new draft and
 * changes what it says and nothing else: no item is lost, doubled or renamed by a move.
 */
final class NavigationDraft {

	private static final int STEP = 10;

	private final Navigation overlay;

	private final Map<String, NavigationNode> nodes;

	private NavigationDraft(Navigation overlay, Map<String, NavigationNode> nodes) {
		this.overlay = overlay;
		this.nodes = nodes;
	}

	/**
	 * What modules propose, as an overlay changes it.
	 * @param catalog modules in the version most people get
	 * @param overlay what administrators changed
	 */
	static NavigationDraft of(Catalog catalog, Navigation overlay) {
		Map<String, NavigationNode> nodes = new LinkedHashMap<>();
		for (CatalogModule module : catalog.modules()) {
			manifest(module).ifPresent((manifest) -> manifest.navigation().forEach((item) -> {
				NavigationNode node = node(manifest, item, overlay.findItem(module.module(), item.id()).orElse(null));
				nodes.put(node.key(), node);
			}));
		}
		return new NavigationDraft(overlay, nodes);
	}

	private static Optional<Manifest> manifest(CatalogModule module) {
		return module.rollout()
			.stream()
			.max(Comparator.comparing((share) -> share.share()))
			.map((share) -> module.versions().get(share.version()))
			.or(() -> module.versions().values().stream().findFirst());
	}

	private static NavigationNode node(Manifest manifest, NavigationItem item, @Nullable NavigationOverride override) {
		LocalizedText proposed = !item.title().isEmpty() ? item.title()
				: manifest.findPage(item.page()).map(Page::title).orElse(LocalizedText.NONE);
		String own = Objects.requireNonNullElse(item.group(), "");
		if (override == null) {
			return new NavigationNode(manifest.module(), item.id(), proposed, own, own, item.order(), false, false);
		}
		boolean renamed = !override.title().isEmpty();
		Integer order = override.order();
		return new NavigationNode(manifest.module(), item.id(), renamed ? override.title() : proposed,
				Objects.requireNonNullElse(override.group(), own), own, (order != null) ? order : item.order(),
				override.hidden(), renamed);
	}

	/** What to publish. */
	Navigation overlay() {
		return this.overlay;
	}

	/** Items by key. */
	Map<String, NavigationNode> nodes() {
		return this.nodes;
	}

	/** Groups with their items, in order; the top comes first and has an empty id. */
	List<Group> groups() {
		Map<String, List<NavigationNode>> items = new LinkedHashMap<>();
		items.put("", new ArrayList<>());
		this.overlay.groups()
			.stream()
			.sorted(Comparator.comparingInt(NavigationGroup::order))
			.forEach((group) -> items.put(group.id(), new ArrayList<>()));
		this.nodes.values()
			.stream()
			.sorted(Comparator.comparing(NavigationNode::group))
			.forEach((node) -> items.computeIfAbsent(node.group(), (key) -> new ArrayList<>()).add(node));
		List<Group> groups = new ArrayList<>();
		items.forEach((id, list) -> groups
			.add(new Group(id, titleOf(id), list.stream().sorted(NavigationNode.ORDER).toList())));
		return groups;
	}

	private LocalizedText titleOf(String group) {
		return this.overlay.groups()
			.stream()
			.filter((known) -> known.id().equals(group))
			.map(NavigationGroup::title)
			.findFirst()
			.orElse(LocalizedText.NONE);
	}

	/**
	 * Moves an item within its group.
	 * @param place place it gets, from 0; beyond the ends counts as the end
	 */
	NavigationDraft move(String key, int place) {
		return arrange(key, find(key).group(), place);
	}

	/** Moves an item to the end of another group. */
	NavigationDraft moveTo(String key, String group) {
		boolean possible = groups().stream().anyMatch((known) -> known.id().equals(group))
				&& (!group.isEmpty() || find(key).ownGroup().isEmpty());
		return possible ? arrange(key, group, Integer.MAX_VALUE) : this;
	}

	/** Hides an item, or shows it again. */
	NavigationDraft hide(String key, boolean hidden) {
		return change(key, (node) -> node.hidden(hidden));
	}

	/** Names an item; no title gives it back the one its manifest proposes. */
	NavigationDraft rename(String key, LocalizedText title) {
		return change(key, (node) -> node.named(title));
	}

	/** Place of an item in its group, from 0. */
	int placeOf(String key) {
		return inGroup(find(key).group()).stream().map(NavigationNode::key).toList().indexOf(key);
	}

	/** Adds a group at the end, or names the one there is. */
	NavigationDraft group(String id, LocalizedText title) {
		List<NavigationGroup> groups = new ArrayList<>();
		boolean known = false;
		for (NavigationGroup group : numbered()) {
			boolean same = group.id().equals(id);
			known |= same;
			groups.add(same ? new NavigationGroup(id, title, group.order()) : group);
		}
		if (!known) {
			groups.add(new NavigationGroup(id, title, (groups.size() + 1) * STEP));
		}
		return new NavigationDraft(new Navigation(groups, this.overlay.items()), this.nodes);
	}

	/** Moves a group by some places. */
	NavigationDraft moveGroup(String id, int by) {
		List<NavigationGroup> groups = new ArrayList<>(numbered());
		int from = groups.stream().map(NavigationGroup::id).toList().indexOf(id);
		int to = Math.clamp(from + by, 0, Math.max(0, groups.size() - 1));
		if (from < 0 || from == to) {
			return this;
		}
		groups.add(to, groups.remove(from));
		List<NavigationGroup> ordered = new ArrayList<>();
		for (NavigationGroup group : groups) {
			ordered.add(new NavigationGroup(group.id(), group.title(), (ordered.size() + 1) * STEP));
		}
		return new NavigationDraft(new Navigation(ordered, this.overlay.items()), this.nodes);
	}

	// All groups in use, with an order that leaves no two alike.
	private List<NavigationGroup> numbered() {
		List<NavigationGroup> groups = new ArrayList<>();
		groups().stream()
			.filter((group) -> !group.id().isEmpty())
			.forEach((group) -> groups.add(new NavigationGroup(group.id(), group.title(), (groups.size() + 1) * STEP)));
		return groups;
	}

	private NavigationDraft arrange(String key, String group, int place) {
		NavigationNode moved = find(key);
		List<NavigationNode> list = new ArrayList<>(inGroup(group));
		list.removeIf((node) -> node.key().equals(key));
		list.add(Math.clamp(place, 0, list.size()), moved);
		NavigationDraft draft = this;
		for (int i = 0; i < list.size(); i++) {
			int order = (i + 1) * STEP;
			draft = draft.change(list.get(i).key(), (node) -> node.at(group, order));
		}
		return draft;
	}

	private List<NavigationNode> inGroup(String group) {
		return this.nodes.values()
			.stream()
			.filter((node) -> node.group().equals(group))
			.sorted(NavigationNode.ORDER)
			.toList();
	}

	private NavigationNode find(String key) {
		return Optional.ofNullable(this.nodes.get(key))
			.orElseThrow(() -> new IllegalArgumentException("item: %s (expected: one there is)".formatted(key)));
	}

	private NavigationDraft change(String key, UnaryOperator<NavigationNode> change) {
		NavigationNode after = change.apply(find(key));
		Map<String, NavigationNode> changed = new LinkedHashMap<>(this.nodes);
		changed.put(key, after);
		List<NavigationOverride> items = new ArrayList<>(this.overlay.items());
		items.removeIf((item) -> item.module().equals(after.module()) && item.id().equals(after.id()));
		items.add(new NavigationOverride(after.module(), after.id(),
				after.group().equals(after.ownGroup()) ? null : after.group(), after.order(), after.hidden(),
				after.renamed() ? after.title() : LocalizedText.NONE));
		return new NavigationDraft(new Navigation(this.overlay.groups(), items), changed);
	}

	/**
	 * A group and its items.
	 *
	 * @param id empty for the top
	 */
	record Group(String id, LocalizedText title, List<NavigationNode> items) {

		/** English title, or a readable form of the id. */
		public String name() {
			return this.id.isEmpty() ? "Top, without a heading"
					: this.title.in(Locale.ENGLISH).orElseGet(() -> LocalizedText.readable(this.id));
		}

		/** Title in one language, empty when there is none. */
		public String titleIn(String language) {
			return this.title.texts().getOrDefault(language, "");
		}

	}

}

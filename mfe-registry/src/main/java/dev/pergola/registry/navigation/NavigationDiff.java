package dev.pergola.registry.navigation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationEntry;
import dev.pergola.manifests.catalog.NavigationTree;
import dev.pergola.manifests.catalog.NavigationTree.Branch;
import dev.pergola.registry.navigation.NavigationChange.Affected;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares two overlays field by field and says what people will see of it.
 */
final class NavigationDiff {

	private final Side before;

	private final Side after;

	private final List<NavigationChange> changes = new ArrayList<>();

	private NavigationDiff(Side before, Side after) {
		this.before = before;
		this.after = after;
	}

	/**
	 * What is different.
	 * @param manifests one of each module, in the version most people get
	 * @param before what is live
	 * @param after what is wanted
	 * @return groups first, none when both mean the same
	 */
	static List<NavigationChange> between(Collection<Manifest> manifests, Navigation before, Navigation after) {
		NavigationDiff diff = new NavigationDiff(new Side(manifests, before), new Side(manifests, after));
		diff.kind("groups", KeyedNavigation.of(before), KeyedNavigation.of(after));
		diff.kind("items", KeyedNavigation.of(before), KeyedNavigation.of(after));
		diff.kind("links", KeyedNavigation.of(before), KeyedNavigation.of(after));
		return diff.changes;
	}

	private void kind(String kind, ObjectNode before, ObjectNode after) {
		JsonNode old = before.path(kind);
		JsonNode now = after.path(kind);
		for (String key : names(old, now)) {
			boolean whole = !kind.equals("items") && (!old.has(key) || !now.has(key));
			String path = "/" + kind + "/" + KeyedNavigation.escape(key);
			if (whole) {
				add(kind, key, path, old.has(key) ? "removed" : "new", old.get(key), now.get(key));
				continue;
			}
			for (String field : names(old.path(key), now.path(key))) {
				JsonNode one = old.path(key).get(field);
				JsonNode other = now.path(key).get(field);
				if (one == null || !one.equals(other)) {
					add(kind, key, path + "/" + field, field, one, other);
				}
			}
		}
	}

	private static Set<String> names(JsonNode one, JsonNode other) {
		Set<String> names = new LinkedHashSet<>(one.propertyNames());
		names.addAll(other.propertyNames());
		return names;
	}

	private void add(String kind, String key, String path, String what, @Nullable JsonNode old,
			@Nullable JsonNode now) {
		if (kind.equals("groups")) {
			this.changes
				.add(new NavigationChange(path, "group:" + key, group(key, what), old, now, affectedGroup(key)));
			return;
		}
		String entry = kind.equals("links") ? "/" + key : key;
		this.changes.add(new NavigationChange(path, entry, entry(entry, what), old, now, affected(entry)));
	}

	private String group(String id, String what) {
		String old = this.before.group(id);
		String now = this.after.group(id);
		return switch (what) {
			case "new" -> "New group “%s”.".formatted(now);
			case "removed" -> "Group “%s” loses its title and place.".formatted(old);
			case "title" -> old.equals(now) ? "Group “%s” changes its title in a language.".formatted(now)
					: "Group “%s” is called “%s”.".formatted(old, now);
			case "parent" -> "Group “%s” moves within the groups.".formatted(now);
			default -> "Groups are in the order %s.".formatted(String.join(", ", this.after.order()));
		};
	}

	private String entry(String key, String what) {
		NavigationEntry old = this.before.tree.entries().get(key);
		NavigationEntry now = this.after.tree.entries().get(key);
		if (now == null || old == null) {
			return now != null ? "New link “%s”.".formatted(now.titleIn(Locale.ENGLISH))
					: old != null ? "Link “%s” is removed.".formatted(old.titleIn(Locale.ENGLISH))
							: "What is said of “%s” changes; no module proposes it now.".formatted(key);
		}
		String name = old.titleIn(Locale.ENGLISH);
		return switch (what) {
			case "group" -> "“%s” moves from “%s” to “%s”, place %d.".formatted(name, this.before.group(old.group()),
					this.after.group(now.group()), this.after.placeOf(key));
			case "order" -> moved(key, name, old, now);
			case "hidden" -> (now.hidden() ? "“%s” is hidden." : "“%s” is shown again.").formatted(name);
			case "locked" -> (now.locked() ? "People may not hide “%s”." : "People may hide “%s”.").formatted(name);
			case "title" ->
				name.equals(now.titleIn(Locale.ENGLISH)) ? "“%s” changes its title in a language.".formatted(name)
						: "“%s” is called “%s”.".formatted(name, now.titleIn(Locale.ENGLISH));
			case "icon" -> "“%s” has the icon %s.".formatted(name, now.icon());
			case "href" -> "“%s” leads to %s.".formatted(name, now.href());
			default -> "“%s” asks for %s.".formatted(name,
					now.requires().isEmpty() ? "nothing" : String.join(", ", now.requires()));
		};
	}

	private String moved(String key, String name, NavigationEntry old, NavigationEntry now) {
		int from = this.before.placeOf(key);
		int to = this.after.placeOf(key);
		return !old.group().equals(now.group()) || from == to ? "“%s” has the order %d.".formatted(name, now.order())
				: "“%s” moves from place %d to place %d in “%s”.".formatted(name, from, to,
						this.after.group(now.group()));
	}

	private Affected affected(String key) {
		return Affected.of(seen(key).toList());
	}

	private Stream<List<String>> seen(String key) {
		return Stream.of(this.before, this.after)
			.map((side) -> side.tree.entries().get(key))
			.filter((entry) -> entry != null && entry.isShown())
			.map(NavigationEntry::requires);
	}

	private Affected affectedGroup(String id) {
		return Affected.of(Stream.of(this.before, this.after)
			.flatMap((side) -> side.tree.entries().values().stream())
			.filter((entry) -> entry.group().equals(id) && entry.isShown())
			.map(NavigationEntry::requires)
			.toList());
	}

	private static final class Side {

		private final NavigationTree tree;

		private final List<Branch> branches;

		private final Map<String, Integer> places = new HashMap<>();

		Side(Collection<Manifest> manifests, Navigation overlay) {
			this.tree = NavigationTree.of(manifests, overlay);
			this.branches = this.tree.branches(Locale.ENGLISH, (entry) -> true);
			for (Branch branch : this.branches) {
				for (int i = 0; i < branch.entries().size(); i++) {
					this.places.put(branch.entries().get(i).key(), i + 1);
				}
			}
		}

		int placeOf(String key) {
			return this.places.getOrDefault(key, 0);
		}

		String group(String id) {
			return id.isEmpty() ? "Top, without a heading"
					: this.branches.stream()
						.filter((branch) -> branch.group().equals(id))
						.map(Branch::name)
						.findFirst()
						.orElse(LocalizedText.readable(id));
		}

		List<String> order() {
			return this.branches.stream().filter((branch) -> !branch.group().isEmpty()).map(Branch::name).toList();
		}

	}

}

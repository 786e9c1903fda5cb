package dev.pergola.shell.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says in sentences what a draft changes.
 */
final class NavigationDiff {

	private NavigationDiff() {
	}

	/**
	 * What is different.
	 * @param before what is live
	 * @param after the draft
	 * @return one sentence per change, none when both show the same
	 */
	static List<String> between(NavigationDraft before, NavigationDraft after) {
		List<String> changes = new ArrayList<>();
		groups(before, after, changes);
		after.nodes().forEach((key, node) -> {
			NavigationNode old = before.nodes().get(key);
			if (old != null) {
				item(before, after, old, node, changes);
			}
		});
		return changes;
	}

	private static void groups(NavigationDraft before, NavigationDraft after, List<String> changes) {
		Map<String, NavigationDraft.Group> known = before.groups()
			.stream()
			.collect(Collectors.toMap(NavigationDraft.Group::id, Function.identity()));
		for (NavigationDraft.Group group : after.groups()) {
			NavigationDraft.Group old = known.get(group.id());
			if (old == null) {
				changes.add("New group “%s”.".formatted(group.name()));
			}
			else if (!old.name().equals(group.name()) || !old.title().equals(group.title())) {
				changes.add("Group “%s” is called “%s”.".formatted(old.name(), group.name()));
			}
		}
		List<String> order = ids(after, known.keySet());
		List<String> oldOrder = ids(before, known.keySet());
		if (!order.equals(oldOrder)) {
			changes.add("Groups are in the order " + after.groups()
				.stream()
				.filter((group) -> !group.id().isEmpty())
				.map(NavigationDraft.Group::name)
				.collect(Collectors.joining(", ")) + ".");
		}
	}

	private static List<String> ids(NavigationDraft draft, Set<String> known) {
		return draft.groups().stream().map(NavigationDraft.Group::id).filter(known::contains).toList();
	}

	private static void item(NavigationDraft before, NavigationDraft after, NavigationNode old, NavigationNode node,
			List<String> changes) {
		String name = old.name();
		int place = after.placeOf(node.key());
		int oldPlace = before.placeOf(node.key());
		if (!old.group().equals(node.group())) {
			changes.add("“%s” moves from “%s” to “%s”, place %d.".formatted(name, groupName(before, old.group()),
					groupName(after, node.group()), place + 1));
		}
		else if (place != oldPlace) {
			changes.add("“%s” moves from place %d to place %d in “%s”.".formatted(name, oldPlace + 1, place + 1,
					groupName(after, node.group())));
		}
		if (old.hidden() != node.hidden()) {
			changes.add((node.hidden() ? "“%s” is hidden." : "“%s” is shown again.").formatted(name));
		}
		if (!old.title().equals(node.title())) {
			changes.add("“%s” is called “%s”.".formatted(name, node.name()));
		}
	}

	private static String groupName(NavigationDraft draft, String id) {
		return draft.groups()
			.stream()
			.filter((group) -> group.id().equals(id))
			.map(NavigationDraft.Group::name)
			.findFirst()
			.orElse(id);
	}

}

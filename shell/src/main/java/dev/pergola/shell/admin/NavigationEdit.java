package dev.pergola.shell.admin;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.shell.admin.NavigationDraft.Group;
import dev.pergola.shell.console.Console;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/**
 * What one button of the editor does to a draft. A button for something that is not there
 * does nothing.
 */
final class NavigationEdit {

	private final NavigationDraft draft;

	private final MultiValueMap<String, String> fields;

	private NavigationEdit(NavigationDraft draft, MultiValueMap<String, String> fields) {
		this.draft = draft;
		this.fields = fields;
	}

	/**
	 * Does what {@code do} says, such as {@code up:people/people}.
	 * @return the same draft when there is nothing to do
	 */
	static NavigationDraft apply(NavigationDraft draft, MultiValueMap<String, String> fields) {
		String[] wish = Console.field(fields, "do").split(":", 2);
		return new NavigationEdit(draft, fields).apply(wish[0], (wish.length == 2) ? wish[1] : "");
	}

	private NavigationDraft apply(String what, String key) {
		return switch (what) {
			case "add-group" -> addGroup();
			case "add-link" -> addLink();
			default ->
				what.endsWith("-group") ? group(what, this.draft.group(key)) : entry(what, this.draft.nodes().get(key));
		};
	}

	private NavigationDraft group(String what, @Nullable Group group) {
		if (group == null || group.id().isEmpty()) {
			return this.draft;
		}
		String id = group.id();
		int place = this.draft.placeOfGroup(id);
		return switch (what) {
			case "up-group" -> this.draft.moveGroup(id, group.parent(), Math.max(0, place - 1));
			case "down-group" -> this.draft.moveGroup(id, group.parent(), place + 1);
			case "top-group" -> this.draft.moveGroup(id, group.parent(), 0);
			case "bottom-group" -> this.draft.moveGroup(id, group.parent(), Integer.MAX_VALUE);
			case "in-group" -> (place > 0)
					? this.draft.moveGroup(id, this.draft.below(group.parent()).get(place - 1).id(), Integer.MAX_VALUE)
					: this.draft;
			case "out-group" -> out(group);
			case "move-group" -> this.draft.moveGroup(id, field("parent:" + id), place("at:group:" + id));
			case "name-group" -> this.draft.group(id, titles("group:" + id));
			default -> this.draft;
		};
	}

	private NavigationDraft out(Group group) {
		Group parent = this.draft.group(group.parent());
		return (parent == null || parent.id().isEmpty()) ? this.draft
				: this.draft.moveGroup(group.id(), parent.parent(), this.draft.placeOfGroup(parent.id()) + 1);
	}

	private NavigationDraft entry(String what, @Nullable NavigationNode node) {
		if (node == null) {
			return this.draft;
		}
		String key = node.key();
		Group group = this.draft.groupOf(node);
		return switch (what) {
			case "up" -> this.draft.move(key, Math.max(0, this.draft.placeOf(key) - 1));
			case "down" -> this.draft.move(key, this.draft.placeOf(key) + 1);
			case "top" -> this.draft.move(key, 0);
			case "bottom" -> this.draft.move(key, Integer.MAX_VALUE);
			case "in" -> in(key, group);
			case "out" -> this.draft.moveTo(key, group.parent());
			case "move" -> move(key);
			case "hide" -> this.draft.hide(key, true);
			case "show" -> this.draft.hide(key, false);
			case "lock" -> this.draft.lock(key, true);
			case "unlock" -> this.draft.lock(key, false);
			case "name" -> describe(key);
			case "remove" -> this.draft.remove(key);
			default -> this.draft;
		};
	}

	/** Into the first group below; what is at the top goes into the first group. */
	private NavigationDraft in(String key, Group group) {
		List<Group> below = this.draft.below(group.id());
		return below.isEmpty() ? this.draft : this.draft.moveTo(key, below.getFirst().id());
	}

	private NavigationDraft move(String key) {
		String group = field("to:" + key);
		String at = "at:" + key;
		return field(at).isEmpty() ? this.draft.moveTo(key, group) : this.draft.moveTo(key, group, place(at));
	}

	/** What a form does not ask for stays as it is. */
	private NavigationDraft describe(String key) {
		NavigationDraft draft = this.draft;
		if (this.fields.containsKey("en:" + key) || this.fields.containsKey("de:" + key)) {
			draft = draft.rename(key, titles(key));
		}
		if (this.fields.containsKey("icon:" + key)) {
			String icon = field("icon:" + key);
			draft = draft.draw(key, icon.isEmpty() ? null : icon);
		}
		if (this.fields.containsKey("href:" + key)) {
			draft = draft.aim(key, field("href:" + key),
					Arrays.stream(field("requires:" + key).split("[,\\s]+"))
						.filter((name) -> !name.isEmpty())
						.distinct()
						.toList());
		}
		return draft;
	}

	/** Place as people count, from 1; the end when it is no number. */
	private int place(String name) {
		String place = field(name);
		return place.matches("[0-9]{1,6}") ? Math.max(0, Integer.parseInt(place) - 1) : Integer.MAX_VALUE;
	}

	private NavigationDraft addGroup() {
		String title = field("new-group");
		String id = id(title);
		return id.isEmpty() ? this.draft : this.draft.group(id, LocalizedText.of(title));
	}

	private NavigationDraft addLink() {
		String title = field("new-link");
		String id = id(title);
		return id.isEmpty() ? this.draft
				: this.draft.link(id, LocalizedText.of(title), field("new-link-href"), field("new-link-group"));
	}

	private static String id(String title) {
		String id = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[-0-9]+|-+$", "");
		return id.substring(0, Math.min(48, id.length()));
	}

	private LocalizedText titles(String key) {
		Map<String, String> titles = new LinkedHashMap<>();
		for (String language : List.of("en", "de")) {
			String title = field(language + ":" + key);
			if (!title.isEmpty()) {
				titles.put(language, title);
			}
		}
		return titles.isEmpty() ? LocalizedText.NONE : new LocalizedText(titles);
	}

	private String field(String name) {
		return Console.field(this.fields, name);
	}

}

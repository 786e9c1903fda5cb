package dev.pergola.shell.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.pergola.manifests.LocalizedText;
import dev.pergola.shell.console.Console;

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
			case "up-group" -> this.draft.moveGroup(key, -1);
			case "down-group" -> this.draft.moveGroup(key, 1);
			case "name-group" -> this.draft.group(key, titles("group:" + key));
			default -> this.draft.nodes().containsKey(key) ? entry(what, key) : this.draft;
		};
	}

	private NavigationDraft entry(String what, String key) {
		return switch (what) {
			case "up" -> this.draft.move(key, Math.max(0, this.draft.placeOf(key) - 1));
			case "down" -> this.draft.move(key, this.draft.placeOf(key) + 1);
			case "top" -> this.draft.move(key, 0);
			case "bottom" -> this.draft.move(key, Integer.MAX_VALUE);
			case "move" -> this.draft.moveTo(key, field("to:" + key));
			case "hide" -> this.draft.hide(key, true);
			case "show" -> this.draft.hide(key, false);
			case "lock" -> this.draft.lock(key, true);
			case "unlock" -> this.draft.lock(key, false);
			case "name" -> this.draft.rename(key, titles(key));
			case "remove" -> this.draft.remove(key);
			default -> this.draft;
		};
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

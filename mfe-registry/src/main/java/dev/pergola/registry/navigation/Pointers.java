package dev.pergola.registry.navigation;

import java.util.HashMap;
import java.util.Map;

import dev.pergola.manifests.catalog.Navigation;

/** Where things stand in an overlay as it is written (RFC 6901). */
public final class Pointers {

	private final Map<String, String> places = new HashMap<>();

	public Pointers(Navigation navigation) {
		for (int i = 0; i < navigation.groups().size(); i++) {
			this.places.putIfAbsent("groups:" + navigation.groups().get(i).id(), "/groups/" + i);
		}
		for (int i = 0; i < navigation.items().size(); i++) {
			this.places.putIfAbsent(
					"items:" + navigation.items().get(i).module() + "/" + navigation.items().get(i).id(),
					"/items/" + i);
		}
		for (int i = 0; i < navigation.links().size(); i++) {
			this.places.putIfAbsent("links:" + navigation.links().get(i).id(), "/links/" + i);
		}
	}

	public String group(String id) {
		return this.places.getOrDefault("groups:" + id, "/groups");
	}

	/**
	 * Place of an entry.
	 * @param key {@code module/id}, or {@code /id} for a link
	 * @return the list when the overlay says nothing of it
	 */
	public String entry(String key) {
		return key.startsWith("/") ? this.places.getOrDefault("links:" + key.substring(1), "/links")
				: this.places.getOrDefault("items:" + key, "/items");
	}

	/** Of a path by stable ids, such as {@code /items/deals~1deals/order}. */
	String of(String path) {
		String[] parts = path.split("/", 4);
		if (parts.length < 3) {
			return path;
		}
		String place = this.places.get(parts[1] + ":" + KeyedNavigation.unescape(parts[2]));
		if (place == null) {
			return "/" + parts[1];
		}
		return (parts.length == 4) ? place + "/" + parts[3] : place;
	}

}

package dev.pergola.registry.navigation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.NavigationGroup;
import dev.pergola.manifests.catalog.NavigationLink;
import dev.pergola.manifests.catalog.NavigationOverride;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An overlay by its stable ids: {@code groups/{id}}, {@code items/{module}/{id}},
 * {@code links/{id}}, without what says nothing. Two overlays that mean the same have
 * equal trees, whatever order they are written in.
 */
final class KeyedNavigation {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private KeyedNavigation() {
	}

	static ObjectNode of(Navigation navigation) {
		ObjectNode root = JSON.createObjectNode();
		ObjectNode groups = root.putObject("groups");
		navigation.groups().forEach((group) -> groups.set(group.id(), fields(group, "id")));
		ObjectNode items = root.putObject("items");
		navigation.items().forEach((item) -> {
			ObjectNode fields = fields(item, "module", "id");
			if (!fields.isEmpty()) {
				items.set(item.module() + "/" + item.id(), fields);
			}
		});
		ObjectNode links = root.putObject("links");
		navigation.links().forEach((link) -> links.set(link.id(), fields(link, "id")));
		return root;
	}

	static Navigation read(ObjectNode root) {
		List<NavigationGroup> groups = new ArrayList<>();
		entries(root, "groups").forEach((id, fields) -> groups.add(value(fields, NavigationGroup.class, "id", id)));
		List<NavigationOverride> items = new ArrayList<>();
		entries(root, "items").forEach((key, fields) -> {
			String[] parts = key.split("/", 2);
			items.add(value(fields, NavigationOverride.class, "module", parts[0], "id", parts[1]));
		});
		List<NavigationLink> links = new ArrayList<>();
		entries(root, "links").forEach((id, fields) -> links.add(value(fields, NavigationLink.class, "id", id)));
		return new Navigation(groups, items, links);
	}

	/**
	 * What is different, alone.
	 * @return leaves of {@code one} that {@code other} does not have so
	 */
	static ObjectNode without(ObjectNode one, ObjectNode other) {
		ObjectNode rest = JSON.createObjectNode();
		one.properties().forEach((field) -> {
			JsonNode same = other.get(field.getKey());
			if (field.getValue() instanceof ObjectNode mine && same instanceof ObjectNode theirs) {
				ObjectNode inner = without(mine, theirs);
				if (!inner.isEmpty()) {
					rest.set(field.getKey(), inner);
				}
			}
			else if (!field.getValue().equals(same)) {
				rest.set(field.getKey(), field.getValue());
			}
		});
		return rest;
	}

	private static Map<String, ObjectNode> entries(ObjectNode root, String kind) {
		Map<String, ObjectNode> entries = new LinkedHashMap<>();
		root.path(kind).properties().forEach((entry) -> {
			if (entry.getValue() instanceof ObjectNode fields) {
				entries.put(entry.getKey(), fields);
			}
		});
		return entries;
	}

	private static ObjectNode fields(Object value, String... keys) {
		ObjectNode fields = JSON.valueToTree(value);
		fields.remove(List.of(keys));
		for (Iterator<Map.Entry<String, JsonNode>> each = fields.properties().iterator(); each.hasNext();) {
			if (saysNothing(each.next().getValue())) {
				each.remove();
			}
		}
		return fields;
	}

	private static boolean saysNothing(JsonNode value) {
		return value.isNull() || value.isContainer() && value.isEmpty() || value.isBoolean() && !value.booleanValue();
	}

	private static <T> T value(ObjectNode fields, Class<T> type, String... keys) {
		ObjectNode whole = fields.deepCopy();
		for (int i = 0; i < keys.length; i += 2) {
			whole.put(keys[i], keys[i + 1]);
		}
		return JSON.treeToValue(whole, type);
	}

	/** A name as part of a JSON pointer. */
	static String escape(@Nullable String name) {
		return String.valueOf(name).replace("~", "~0").replace("/", "~1");
	}

	static String unescape(String part) {
		return part.replace("~1", "/").replace("~0", "~");
	}

}

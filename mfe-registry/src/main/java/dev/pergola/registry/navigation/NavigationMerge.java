package dev.pergola.registry.navigation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.pergola.manifests.catalog.Navigation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two changes of one overlay, put together field by field.
 *
 * @param merged both changes; at a conflict what was chosen, else yours when there is one
 * @param conflicts fields that both changed in different ways and nobody chose
 */
record NavigationMerge(Navigation merged, List<Conflict> conflicts) {

	NavigationMerge {
		conflicts = List.copyOf(conflicts);
	}

	/**
	 * Merges.
	 * @param base what both began with
	 * @param theirs what is live
	 * @param yours the draft
	 * @param choices {@link Side} by {@link Conflict#path()}
	 */
	static NavigationMerge of(Navigation base, Navigation theirs, Navigation yours, Map<String, Side> choices) {
		Merging merging = new Merging(choices);
		JsonNode merged = merging.merge("", KeyedNavigation.of(base), KeyedNavigation.of(theirs),
				KeyedNavigation.of(yours));
		ObjectNode keyed = (merged instanceof ObjectNode object) ? object : JsonNodeFactory.instance.objectNode();
		Navigation navigation = KeyedNavigation.read(keyed);
		Pointers pointers = new Pointers(navigation);
		return new NavigationMerge(navigation,
				merging.conflicts.stream().map((conflict) -> conflict.at(pointers.of(conflict.path()))).toList());
	}

	/** Whose value counts. */
	enum Side {

		BASE, THEIRS, YOURS

	}

	/**
	 * A field both changed.
	 *
	 * @param path JSON pointer by stable ids, such as {@code /items/deals~1deals/order};
	 * names the conflict when one chooses
	 * @param pointer JSON pointer into the merged overlay, such as {@code /items/3/order}
	 * @param base value before, {@code null} when there was none
	 */
	record Conflict(String path, String pointer, @Nullable JsonNode base, @Nullable JsonNode theirs,
			@Nullable JsonNode yours) {

		Conflict at(String place) {
			return new Conflict(this.path, place, this.base, this.theirs, this.yours);
		}

	}

	private static final class Merging {

		private final Map<String, Side> choices;

		private final List<Conflict> conflicts = new ArrayList<>();

		Merging(Map<String, Side> choices) {
			this.choices = choices;
		}

		@Nullable JsonNode merge(String path, @Nullable JsonNode base, @Nullable JsonNode theirs, @Nullable JsonNode yours) {
			if (Objects.equals(yours, base)) {
				return theirs;
			}
			if (Objects.equals(theirs, base) || Objects.equals(theirs, yours)) {
				return yours;
			}
			if (theirs instanceof ObjectNode && yours instanceof ObjectNode
					&& (base == null || base instanceof ObjectNode)) {
				return mergeFields(path, base, theirs, yours);
			}
			Side side = this.choices.get(path);
			if (side == null) {
				this.conflicts.add(new Conflict(path, "", base, theirs, yours));
				return (yours != null) ? yours : theirs;
			}
			return switch (side) {
				case BASE -> base;
				case THEIRS -> theirs;
				case YOURS -> yours;
			};
		}

		private ObjectNode mergeFields(String path, @Nullable JsonNode base, JsonNode theirs, JsonNode yours) {
			Set<String> names = new LinkedHashSet<>(theirs.propertyNames());
			names.addAll(yours.propertyNames());
			if (base != null) {
				names.addAll(base.propertyNames());
			}
			ObjectNode merged = JsonNodeFactory.instance.objectNode();
			for (String name : names) {
				JsonNode value = merge(path + "/" + KeyedNavigation.escape(name),
						(base != null) ? base.get(name) : null, theirs.get(name), yours.get(name));
				if (value != null) {
					merged.set(name, value);
				}
			}
			return merged;
		}

	}

}

package dev.pergola.registry.openapi;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares schemas field by field: what is answered must keep what it promised, what is
 * asked for must not ask for more. Alternatives ({@code oneOf}, {@code anyOf}) are left
 * aside.
 */
final class SchemaComparison {

	private static final int MAX_DEPTH = 48;

	private final Description older;

	private final Description newer;

	private final Losses losses;

	/** Pairs met before, so that schemas which contain themselves come to an end. */
	private final Set<Pair> met = new HashSet<>();

	SchemaComparison(Description older, Description newer, Losses losses) {
		this.older = older;
		this.newer = newer;
		this.losses = losses;
	}

	void compare(Direction direction, String place, JsonNode earlier, JsonNode later) {
		compare(direction, place, earlier, later, 0);
	}

	private void compare(Direction direction, String place, JsonNode earlier, JsonNode later, int depth) {
		JsonNode before = this.older.resolve(earlier);
		JsonNode after = this.newer.resolve(later);
		if (!before.isObject() || !after.isObject() || depth > MAX_DEPTH || !this.losses.step()
				|| !this.met.add(new Pair(direction, new Identity(before), new Identity(after)))) {
			return;
		}
		SchemaParts was = SchemaParts.of(before, this.older);
		SchemaParts is = SchemaParts.of(after, this.newer);
		compareTypes(direction, place, was.types(), is.types());
		if (direction == Direction.RESPONSE) {
			compareAnswer(place, was, is);
		}
		else {
			is.required()
				.stream()
				.filter((name) -> !was.required().contains(name))
				.forEach((name) -> this.losses.add(place, "field %s is required now".formatted(shortened(name))));
		}
		was.properties().forEach((name, property) -> {
			JsonNode now = is.properties().get(name);
			if (now != null) {
				compare(direction, place + ", field " + shortened(name), property, now, depth + 1);
			}
		});
		compare(direction, place + ", entries", before.path("items"), after.path("items"), depth + 1);
	}

	private void compareAnswer(String place, SchemaParts was, SchemaParts is) {
		for (String name : was.properties().keySet()) {
			if (!is.properties().containsKey(name)) {
				this.losses.add(place, "field %s is gone".formatted(shortened(name)));
			}
			else if (was.required().contains(name) && !is.required().contains(name)) {
				this.losses.add(place, "field %s may be missing now".formatted(shortened(name)));
			}
		}
	}

	/** An answer may become narrower, a request wider. */
	private void compareTypes(Direction direction, String place, Set<String> was, Set<String> is) {
		if (was.isEmpty() || is.isEmpty()) {
			return;
		}
		Set<String> narrow = (direction == Direction.RESPONSE) ? is : was;
		Set<String> wide = (direction == Direction.RESPONSE) ? was : is;
		boolean fits = narrow.stream()
			.allMatch((type) -> wide.contains(type) || type.equals("integer") && wide.contains("number"));
		if (!fits) {
			this.losses.add(place, "was %s, is %s".formatted(text(was), text(is)));
		}
	}

	private static String shortened(String name) {
		return (name.length() <= 64) ? name : name.substring(0, 64) + "…";
	}

	private static String text(Set<String> types) {
		return String.join(" or ", new TreeSet<>(types));
	}

	/** Which way a schema travels. */
	enum Direction {

		REQUEST, RESPONSE

	}

	private record Pair(Direction direction, Identity before, Identity after) {

	}

	/**
	 * A node as itself: comparing what is inside would take as long as the comparison.
	 */
	private record Identity(JsonNode node) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Identity identity && identity.node == this.node;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this.node);
		}

	}

}

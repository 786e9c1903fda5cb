package dev.pergola.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in {@link ViewPart#get()} that a value is put into: {@code {id}}, a parameter
 * of the view's path, or {@code {partnership.ownerId}}, a field of another part's answer.
 *
 * @param part name of the other part, empty for a parameter of the path
 * @param names field names inside the part's answer, outermost first; for a parameter its
 * one name
 */
public record PartReference(String part, List<String> names) {

	private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

	private static final Pattern SHAPE = Pattern
		.compile("[A-Za-z][A-Za-z0-9]{0,31}(\\.[A-Za-z_][A-Za-z0-9_-]{0,63}){0,8}");

	public PartReference {
		names = List.copyOf(names);
	}

	/**
	 * References of a path and query, in order.
	 * @param get such as {@code /people/{partnership.ownerId}}
	 * @return each place once; {@link IllegalArgumentException} when a brace is left over
	 * or a reference is not one
	 */
	public static List<PartReference> in(String get) {
		List<PartReference> references = new ArrayList<>();
		Matcher matcher = PLACE.matcher(get);
		while (matcher.find()) {
			references.add(parse(matcher.group(1)));
		}
		String rest = matcher.replaceAll("");
		if (rest.contains("{") || rest.contains("}")) {
			throw new IllegalArgumentException("has a brace without its other half");
		}
		return references;
	}

	private static PartReference parse(String text) {
		if (!SHAPE.matcher(text).matches()) {
			throw new IllegalArgumentException(
					"has {%s} (expected: {parameter} or {part.field})".formatted(Quoted.shorten(text)));
		}
		List<String> names = List.of(text.split("\\."));
		return (names.size() == 1) ? new PartReference("", names)
				: new PartReference(names.getFirst(), names.subList(1, names.size()));
	}

	public boolean isParameter() {
		return this.part.isEmpty();
	}

	/** As it stands in the path, with braces. */
	@Override
	public String toString() {
		String names = String.join(".", this.names);
		return "{" + (isParameter() ? names : this.part + "." + names) + "}";
	}

}

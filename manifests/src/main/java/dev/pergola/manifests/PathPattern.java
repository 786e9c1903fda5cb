package dev.pergola.manifests;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A path with parameters, such as {@code /partnerships/{id}}: segments that are literal
 * ({@code [A-Za-z0-9._~-]}) or a parameter, which stands for exactly one whole segment.
 * Ordered by specificity: the pattern to try first comes first.
 */
public final class PathPattern implements Comparable<PathPattern> {

	private static final int MAX_LENGTH = 255;

	private static final int MAX_SEGMENTS = 16;

	private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");

	private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]{0,31})}");

	private final String text;

	private final List<Segment> segments;

	private PathPattern(String text, List<Segment> segments) {
		this.text = text;
		this.segments = segments;
	}

	/**
	 * Reads a pattern.
	 * @param text starts with {@code /}, does not end with one unless it is the root, at
	 * most 255 characters and 16 segments
	 * @return the pattern; {@link IllegalArgumentException}, whose message goes on after
	 * the name of the field ("must start with /"), when the text is not one
	 */
	public static PathPattern parse(String text) {
		check(text.startsWith("/"), "must start with /");
		check(text.length() <= MAX_LENGTH, "must not be longer than %d characters".formatted(MAX_LENGTH));
		if (text.equals("/")) {
			return new PathPattern(text, List.of());
		}
		check(!text.endsWith("/"), "must not end with /");
		List<Segment> segments = new ArrayList<>();
		for (String part : text.substring(1).split("/", -1)) {
			segments.add(segment(part, segments));
		}
		check(segments.size() <= MAX_SEGMENTS, "must not have more than %d segments".formatted(MAX_SEGMENTS));
		return new PathPattern(text, List.copyOf(segments));
	}

	private static Segment segment(String part, List<Segment> before) {
		check(!part.isEmpty(), "must not have an empty segment");
		check(!part.equals(".") && !part.equals(".."), "must not have a segment that is . or ..");
		Matcher parameter = PARAMETER.matcher(part);
		if (parameter.matches()) {
			Segment segment = new Parameter(parameter.group(1));
			check(!before.contains(segment), "must not use the parameter %s twice".formatted(part));
			return segment;
		}
		check(LITERAL.matcher(part).matches(),
				"has the segment \"%s\" (expected: letters, digits and ._~-, or a {parameter})".formatted(part));
		return new Literal(part);
	}

	/**
	 * Matches a path. A segment that is empty, a dot segment, or holds a slash, a
	 * backslash or a control character is never a parameter's value.
	 * @param decoded segments of the path, each percent-decoded once, by the caller
	 * @return the parameters in the order of the pattern, or empty when it does not match
	 */
	public Optional<Map<String, String>> match(List<String> decoded) {
		if (decoded.size() != this.segments.size()) {
			return Optional.empty();
		}
		Map<String, String> parameters = new LinkedHashMap<>();
		for (int i = 0; i < decoded.size(); i++) {
			String value = decoded.get(i);
			boolean matches = switch (this.segments.get(i)) {
				case Literal(String name) -> name.equals(value);
				case Parameter(String name) -> isValue(value) && parameters.put(name, value) == null;
			};
			if (!matches) {
				return Optional.empty();
			}
		}
		return Optional.of(parameters);
	}

	/**
	 * Whether some path matches both patterns.
	 * @param other another pattern
	 * @return whether they overlap
	 */
	public boolean overlaps(PathPattern other) {
		if (this.segments.size() != other.segments.size()) {
			return false;
		}
		for (int i = 0; i < this.segments.size(); i++) {
			Segment first = this.segments.get(i);
			Segment second = other.segments.get(i);
			if (first instanceof Literal && second instanceof Literal && !first.equals(second)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The path with values in the place of parameters, percent-encoded.
	 * @param values value of each parameter
	 * @return a path; {@link IllegalArgumentException} when a value is missing or could
	 * not have matched
	 */
	public String expand(Map<String, String> values) {
		if (this.segments.isEmpty()) {
			return "/";
		}
		StringBuilder path = new StringBuilder();
		for (Segment segment : this.segments) {
			path.append('/').append(switch (segment) {
				case Literal(String name) -> name;
				case Parameter(String name) -> encode(name, values.getOrDefault(name, ""));
			});
		}
		return path.toString();
	}

	public List<Segment> segments() {
		return this.segments;
	}

	/**
	 * Names of the parameters, in order.
	 * @return empty for a path without parameters
	 */
	public List<String> parameters() {
		return this.segments.stream()
			.flatMap((segment) -> (segment instanceof Parameter(String name)) ? Stream.of(name) : Stream.empty())
			.toList();
	}

	/** Literal before parameter, from the left; then by length and text. */
	@Override
	public int compareTo(PathPattern other) {
		for (int i = 0; i < Math.min(this.segments.size(), other.segments.size()); i++) {
			boolean first = this.segments.get(i) instanceof Parameter;
			boolean second = other.segments.get(i) instanceof Parameter;
			if (first != second) {
				return first ? 1 : -1;
			}
		}
		int order = Integer.compare(other.segments.size(), this.segments.size());
		return (order != 0) ? order : this.text.compareTo(other.text);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof PathPattern pattern && this.text.equals(pattern.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	/** The text it was parsed from. */
	@Override
	public String toString() {
		return this.text;
	}

	private static String encode(String name, String value) {
		if (!isValue(value)) {
			throw new IllegalArgumentException("parameter %s: %s (expected: one path segment)".formatted(name, value));
		}
		return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private static boolean isValue(String value) {
		return !value.isEmpty() && !value.equals(".") && !value.equals("..")
				&& value.chars().noneMatch((c) -> c == '/' || c == '\\' || c == 0xFFFD || Character.isISOControl(c));
	}

	private static void check(boolean valid, String message) {
		if (!valid) {
			throw new IllegalArgumentException(message);
		}
	}

	/** One part of a path. */
	public sealed interface Segment {

	}

	/** A segment that is always the same. */
	public record Literal(String name) implements Segment {

	}

	/** A segment that may be anything. */
	public record Parameter(String name) implements Segment {

	}

}

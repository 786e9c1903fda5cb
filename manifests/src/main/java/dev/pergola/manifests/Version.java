package dev.pergola.manifests;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A version as SemVer 2.0 says; ordered by its precedence, build metadata left aside.
 *
 * @param preRelease identifiers after the hyphen, empty for a release
 * @param build identifiers after the plus, empty when there are none
 */
public record Version(int major, int minor, int patch, List<String> preRelease,
		List<String> build) implements Comparable<Version> {

	private static final int MAX_LENGTH = 64;

	private static final Pattern SHAPE = Pattern
		.compile("(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})"
				+ "(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?");

	public Version {
		preRelease = List.copyOf(preRelease);
		build = List.copyOf(build);
	}

	/**
	 * Reads a version.
	 * @param text at most 64 characters
	 * @return the version; {@link IllegalArgumentException} when it is not SemVer 2.0
	 */
	public static Version parse(String text) {
		Matcher matcher = (text != null && text.length() <= MAX_LENGTH) ? SHAPE.matcher(text) : null;
		if (matcher == null || !matcher.matches()) {
			throw invalid(text);
		}
		List<String> preRelease = identifiers(matcher.group(4));
		List<String> build = identifiers(matcher.group(5));
		boolean valid = preRelease.stream().noneMatch((part) -> part.isEmpty() || isPaddedNumber(part))
				&& build.stream().noneMatch(String::isEmpty);
		if (!valid) {
			throw invalid(text);
		}
		return new Version(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
				Integer.parseInt(matcher.group(3)), preRelease, build);
	}

	/**
	 * Whether this is SemVer 2.0.
	 * @param text any text
	 * @return whether {@link #parse} reads it
	 */
	public static boolean isValid(String text) {
		try {
			parse(text);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	static Version of(int major, int minor, int patch) {
		return new Version(major, minor, patch, List.of(), List.of());
	}

	public boolean isPreRelease() {
		return !this.preRelease.isEmpty();
	}

	@Override
	public int compareTo(Version other) {
		int order = Integer.compare(this.major, other.major);
		order = (order != 0) ? order : Integer.compare(this.minor, other.minor);
		order = (order != 0) ? order : Integer.compare(this.patch, other.patch);
		return (order != 0) ? order : comparePreRelease(this.preRelease, other.preRelease);
	}

	@Override
	public String toString() {
		String text = this.major + "." + this.minor + "." + this.patch;
		text += this.preRelease.isEmpty() ? "" : "-" + String.join(".", this.preRelease);
		return text + (this.build.isEmpty() ? "" : "+" + String.join(".", this.build));
	}

	// SemVer 2.0, section 11: a release is above its pre-releases, numbers are below
	// words, and a longer list is above one it starts with.
	private static int comparePreRelease(List<String> first, List<String> second) {
		if (first.isEmpty() || second.isEmpty()) {
			return Boolean.compare(first.isEmpty(), second.isEmpty());
		}
		for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
			int order = compareIdentifiers(first.get(i), second.get(i));
			if (order != 0) {
				return order;
			}
		}
		return Integer.compare(first.size(), second.size());
	}

	private static int compareIdentifiers(String first, String second) {
		boolean firstIsNumber = isNumber(first);
		boolean secondIsNumber = isNumber(second);
		if (firstIsNumber && secondIsNumber) {
			// No leading zeros: the longer number is the greater one.
			int order = Integer.compare(first.length(), second.length());
			return (order != 0) ? order : first.compareTo(second);
		}
		return (firstIsNumber != secondIsNumber) ? (firstIsNumber ? -1 : 1) : first.compareTo(second);
	}

	private static boolean isNumber(String identifier) {
		return identifier.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

	private static boolean isPaddedNumber(String identifier) {
		return identifier.length() > 1 && identifier.charAt(0) == '0' && isNumber(identifier);
	}

	private static List<String> identifiers(@Nullable String text) {
		return (text != null) ? List.of(text.split("\\.", -1)) : List.of();
	}

	private static IllegalArgumentException invalid(String text) {
		return new IllegalArgumentException("version: %s (expected: SemVer 2.0, such as 2.4.1)".formatted(text));
	}

}

package dev.pergola.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pergola.manifests.Bound.Kind;
import org.jspecify.annotations.Nullable;

/** Reads ranges as npm's node-semver describes them. */
final class RangeSyntax {

	private static final int MAX_LENGTH = 128;

	private static final String PARTIAL = "(?:[0-9]{1,9}|[xX*])(?:\\.(?:[0-9]{1,9}|[xX*])){0,2}(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?";

	private static final Pattern HYPHEN = Pattern.compile("(" + PARTIAL + ") +- +(" + PARTIAL + ")");

	private static final Pattern COMPARATOR = Pattern.compile("(\\^|~|>=|<=|>|<|=)? *(" + PARTIAL + ")");

	private static final Version ZERO = Version.of(0, 0, 0);

	private RangeSyntax() {
	}

	static List<List<Bound>> parse(String text) {
		if (text.length() > MAX_LENGTH) {
			throw invalid(text);
		}
		List<List<Bound>> alternatives = new ArrayList<>();
		for (String alternative : text.split("\\|\\|", -1)) {
			alternatives.add(alternative(text, alternative.strip()));
		}
		return alternatives;
	}

	private static List<Bound> alternative(String text, String alternative) {
		List<Bound> bounds = new ArrayList<>();
		Matcher hyphen = HYPHEN.matcher(alternative);
		if (hyphen.matches()) {
			add(bounds, ">=", Partial.parse(hyphen.group(1)));
			add(bounds, "<=", Partial.parse(hyphen.group(2)));
			return bounds;
		}
		Matcher comparator = COMPARATOR.matcher(alternative);
		int end = 0;
		while (comparator.find() && alternative.substring(end, comparator.start()).isBlank()) {
			boolean isApart = end == 0 || comparator.start() > end;
			if (!isApart) {
				throw invalid(text);
			}
			add(bounds, comparator.group(1), Partial.parse(comparator.group(2)));
			end = comparator.end();
		}
		if (bounds.isEmpty() || end != alternative.length()) {
			throw invalid(text);
		}
		return bounds;
	}

	private static void add(List<Bound> bounds, @Nullable String operator, Partial partial) {
		Version from = partial.lowest();
		Version after = partial.after();
		switch ((operator != null) ? operator : "") {
			case "^" -> between(bounds, from, partial.afterCaret());
			case "~" -> between(bounds, from, partial.afterTilde());
			case ">=" -> bounds.add(new Bound(Kind.AT_LEAST, from));
			case ">" -> bounds.add(partial.isWhole() ? new Bound(Kind.ABOVE, from)
					: (after != null) ? new Bound(Kind.AT_LEAST, release(after)) : new Bound(Kind.BELOW, ZERO));
			case "<" -> bounds.add(new Bound(Kind.BELOW, partial.isWhole() ? from : preRelease(from)));
			case "<=" -> bounds.add(atMost(partial));
			default -> {
				bounds.add(new Bound(Kind.AT_LEAST, from));
				if (partial.isWhole()) {
					bounds.add(new Bound(Kind.AT_MOST, from));
				}
				else if (after != null) {
					bounds.add(new Bound(Kind.BELOW, preRelease(after)));
				}
			}
		}
	}

	private static Bound atMost(Partial partial) {
		Version after = partial.after();
		if (partial.isWhole()) {
			return new Bound(Kind.AT_MOST, partial.lowest());
		}
		return (after != null) ? new Bound(Kind.BELOW, preRelease(after)) : new Bound(Kind.AT_LEAST, ZERO);
	}

	private static void between(List<Bound> bounds, Version from, @Nullable Version end) {
		bounds.add(new Bound(Kind.AT_LEAST, from));
		if (end != null) {
			bounds.add(new Bound(Kind.BELOW, preRelease(end)));
		}
	}

	/** The very first version of that number: no pre-release is below it. */
	private static Version preRelease(Version version) {
		return new Version(version.major(), version.minor(), version.patch(), List.of("0"), List.of());
	}

	private static Version release(Version version) {
		return Version.of(version.major(), version.minor(), version.patch());
	}

	static IllegalArgumentException invalid(String text) {
		return new IllegalArgumentException(
				"%s is not a range of versions, such as ^3.3 or >=1.0 <2".formatted(Quoted.of(text)));
	}

}

package dev.pergola.manifests;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A range of versions in the words of npm: {@code ^3.3}, {@code ~1.2}, {@code >=1.0 <2},
 * {@code 1.x}, {@code 1.2 - 1.4}, {@code *}, joined by {@code ||}. As there, a
 * pre-release is only inside a range that names a pre-release of the same version.
 */
public final class VersionRange {

	private final String text;

	private final List<List<Bound>> alternatives;

	private VersionRange(String text, List<List<Bound>> alternatives) {
		this.text = text;
		this.alternatives = alternatives;
	}

	/**
	 * Reads a range.
	 * @param text at most 128 characters
	 * @return the range; {@link IllegalArgumentException}, whose message goes on after
	 * the name of the field, when it is not one
	 */
	public static VersionRange parse(String text) {
		return new VersionRange(text, RangeSyntax.parse(text));
	}

	/**
	 * Whether a version is inside.
	 * @param version any version
	 * @return whether one alternative takes it
	 */
	public boolean contains(Version version) {
		return this.alternatives.stream().anyMatch((bounds) -> contains(bounds, version));
	}

	/**
	 * Whether some version is inside both.
	 * @param other another range
	 * @return false when nothing can satisfy both
	 */
	public boolean intersects(VersionRange other) {
		for (List<Bound> first : this.alternatives) {
			for (List<Bound> second : other.alternatives) {
				List<Bound> both = new ArrayList<>(first);
				both.addAll(second);
				if (isSatisfiable(both)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Whether nothing is inside, as in {@code >2 <1}.
	 * @return whether no version can satisfy it
	 */
	public boolean isEmpty() {
		return this.alternatives.stream().noneMatch(VersionRange::isSatisfiable);
	}

	/** The text it was parsed from. */
	@Override
	public String toString() {
		return this.text;
	}

	private static boolean contains(List<Bound> bounds, Version version) {
		boolean isNamed = !version.isPreRelease() || bounds.stream().anyMatch((bound) -> bound.names(version));
		return isNamed && bounds.stream().allMatch((bound) -> bound.allows(version));
	}

	/** The lowest version above all lower bounds has to be below all upper ones. */
	private static boolean isSatisfiable(List<Bound> bounds) {
		Version lowest = bounds.stream()
			.flatMap((bound) -> bound.lowest().stream())
			.max(Comparator.naturalOrder())
			.orElse(Version.of(0, 0, 0));
		return bounds.stream().allMatch((bound) -> bound.allows(lowest));
	}

}

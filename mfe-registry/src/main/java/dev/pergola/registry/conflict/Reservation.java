package dev.pergola.registry.conflict;

import java.util.List;
import java.util.Locale;

import dev.pergola.manifests.PathPattern;

/**
 * Names that are for one team only: all that start with a prefix. A path prefix reserves
 * itself and what is below it, segment by segment.
 *
 * @param prefix of a path, such as {@code /deals}; else the first characters of a name
 */
public record Reservation(String team, Kind kind, String prefix) {

	/**
	 * Whether a name is reserved.
	 * @param name page path with parameters, element, navigation id or module name
	 * @return true when it starts with the prefix; for a path also when one of the
	 * addresses it stands for does
	 */
	public boolean covers(String name) {
		return (this.kind == Kind.PATH) ? covers(PathPattern.parse(name)) : name.startsWith(this.prefix);
	}

	/**
	 * Whether some name is in both.
	 * @param other of any kind
	 */
	public boolean overlaps(Reservation other) {
		return this.kind == other.kind && (covers(other.prefix) || other.covers(this.prefix));
	}

	private boolean covers(PathPattern path) {
		List<PathPattern.Segment> start = PathPattern.parse(this.prefix).segments();
		if (path.segments().size() < start.size()) {
			return false;
		}
		for (int i = 0; i < start.size(); i++) {
			if (path.segments().get(i) instanceof PathPattern.Literal literal && !literal.equals(start.get(i))) {
				return false;
			}
		}
		return true;
	}

	/** What is reserved. */
	public enum Kind {

		PATH, ELEMENT, NAVIGATION, MODULE;

		/** Name in sentences and in the database. */
		public String text() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}

package dev.pergola.registry.archive;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which names of an archive may become paths of a bundle. One instance sees all
 * names of one archive, so that it also finds those that clash on a file system that
 * folds case.
 */
final class NameRules {

	private static final int MAX_LENGTH = 512;

	private final int maxDepth;

	private final Set<String> files = new HashSet<>();

	/** Folded form of each file and folder met so far, and how it was first written. */
	private final Map<String, String> written = new HashMap<>();

	NameRules(int maxDepth) {
		this.maxDepth = maxDepth;
	}

	/**
	 * Looks at the name of a file.
	 * @param path name without a leading {@code ./}
	 * @return what is wrong with it, empty when it is taken
	 */
	Optional<String> refusal(String path) {
		Optional<String> shape = shapeRefusal(path);
		if (shape.isPresent()) {
			return shape;
		}
		if (this.files.contains(path)) {
			return Optional.of("is in the bundle twice");
		}
		Optional<String> clash = clash(path);
		if (clash.isEmpty()) {
			this.files.add(path);
		}
		return clash;
	}

	private Optional<String> shapeRefusal(String path) {
		if (path.isEmpty() || path.length() > MAX_LENGTH) {
			return Optional.of("must be a path of 1 to %d characters".formatted(MAX_LENGTH));
		}
		if (path.startsWith("/") || path.matches("^[A-Za-z]:.*")) {
			return Optional.of("must not be absolute");
		}
		if (path.indexOf('\\') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
			return Optional.of("must not contain backslashes or control characters");
		}
		if (!Normalizer.isNormalized(path, Normalizer.Form.NFC)) {
			return Optional.of("must be in Unicode normalization form C");
		}
		String[] names = path.split("/", -1);
		for (String name : names) {
			if (name.isEmpty() || name.equals(".") || name.equals("..")) {
				return Optional.of("must not contain empty names, . or ..");
			}
		}
		return (names.length > this.maxDepth) ? Optional.of("is deeper than %d names".formatted(this.maxDepth))
				: Optional.empty();
	}

	private Optional<String> clash(String path) {
		for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
			String folder = path.substring(0, end);
			if (this.files.contains(folder)) {
				return Optional.of("needs a folder where %s is a file".formatted(folder));
			}
			Optional<String> clash = foldedClash(folder);
			if (clash.isPresent()) {
				return clash;
			}
		}
		if (path.equals(this.written.get(folded(path)))) {
			return Optional.of("is a folder of other files");
		}
		return foldedClash(path);
	}

	private Optional<String> foldedClash(String path) {
		String first = this.written.putIfAbsent(folded(path), path);
		return (first == null || first.equals(path)) ? Optional.empty()
				: Optional.of("differs from %s only in case".formatted(first));
	}

	/** Both steps: some letters fold only on the way up, others only on the way down. */
	private static String folded(String path) {
		return path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
	}

}

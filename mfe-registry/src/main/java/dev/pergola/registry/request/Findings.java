package dev.pergola.registry.request;

import dev.pergola.manifests.Finding;

/**
 * Findings of the registry, in the form that those of manifests have.
 */
public final class Findings {

	private Findings() {
	}

	/**
	 * A finding whose place in the source is not known.
	 * @param pointer JSON pointer, empty for the whole
	 * @param sentence what is wrong, such as {@code must be 0 to 100}; the message names
	 * the place before it
	 * @return finding
	 */
	public static Finding at(String pointer, String sentence) {
		String place = place(pointer);
		return new Finding(pointer, place.isEmpty() ? sentence : place + ": " + sentence, 0, 0);
	}

	private static String place(String pointer) {
		StringBuilder place = new StringBuilder();
		for (String name : pointer.split("/", -1)) {
			if (!name.isEmpty() && name.chars().allMatch(Character::isDigit)) {
				place.append('[').append(name).append(']');
			}
			else {
				place.append((place.isEmpty() || name.isEmpty()) ? "" : ".")
					.append(name.replace("~1", "/").replace("~0", "~"));
			}
		}
		return place.toString();
	}

}

package dev.pergola.bff.contracts;

/**
 * One thing about a call or an answer that is not as described.
 *
 * @param in {@code path}, {@code query}, {@code header}, {@code body} or {@code status}
 * @param pointer JSON pointer to the place: the name of a parameter, or a place in the
 * body
 * @param message one sentence, without the value
 */
record Violation(String in, String pointer, String message) {

	static Violation of(String in, String name, String message) {
		return new Violation(in, name.isEmpty() ? "" : "/" + name.replace("~", "~0").replace("/", "~1"), message);
	}

}

package dev.pergola.manifests;

/** A value inside a message: short, and without anything a terminal would act on. */
final class Quoted {

	private static final int MAX_LENGTH = 60;

	private Quoted() {
	}

	static String of(String value) {
		return "\"" + shorten(value) + "\"";
	}

	static String shorten(String value) {
		String text = (value.length() > MAX_LENGTH) ? value.substring(0, MAX_LENGTH) + "…" : value;
		return text.codePoints()
			.mapToObj((c) -> isSafe(c) ? Character.toString(c) : "\\u%04x".formatted(c))
			.reduce("", String::concat);
	}

	/**
	 * Whether a character is neither a control, a direction mark nor half a pair. The two
	 * joiners are: some scripts and emoji are not written without them.
	 */
	static boolean isSafe(int codePoint) {
		return codePoint == 0x200C || codePoint == 0x200D || isVisible(codePoint);
	}

	private static boolean isVisible(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE ->
				false;
			default -> true;
		};
	}

}

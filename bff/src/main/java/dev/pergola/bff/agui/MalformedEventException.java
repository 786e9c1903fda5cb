package dev.pergola.bff.agui;

/** An event says something AG-UI knows in a way AG-UI does not. */
final class MalformedEventException extends RuntimeException {

	private final String place;

	private final String expected;

	/**
	 * Something is wrong with an event.
	 * @param place type and field, never what stands there; such as
	 * {@code RUN_FINISHED.usage}
	 */
	MalformedEventException(String place, String expected) {
		super(place + " (expected: " + expected + ")", null, false, false);
		this.place = place;
		this.expected = expected;
	}

	/**
	 * The same, seen from outside.
	 * @param outer such as {@code RUN_FINISHED}
	 */
	MalformedEventException in(String outer) {
		return new MalformedEventException(outer + this.place, this.expected);
	}

}

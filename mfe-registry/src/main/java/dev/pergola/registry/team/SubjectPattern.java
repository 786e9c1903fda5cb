package dev.pergola.registry.team;

/**
 * A pattern over the whole of a subject, in which {@code *} stands for any characters,
 * also none, and everything else for itself. Its time grows with the length of the text
 * alone, whatever the pattern.
 */
record SubjectPattern(String text) {

	static final char ANY = '*';

	boolean matches(String subject) {
		int first = this.text.indexOf(ANY);
		if (first < 0) {
			return this.text.equals(subject);
		}
		int last = this.text.lastIndexOf(ANY);
		String end = this.text.substring(last + 1);
		if (subject.length() < first + end.length() || !subject.startsWith(this.text.substring(0, first))
				|| !subject.endsWith(end)) {
			return false;
		}
		int place = first;
		// The earliest place of each part leaves the most room to those that follow.
		for (String part : this.text.substring(first, last).split("\\*")) {
			place = subject.indexOf(part, place);
			if (place < 0) {
				return false;
			}
			place += part.length();
		}
		return place <= subject.length() - end.length();
	}

	/** What stands before the first wildcard. */
	String start() {
		int first = this.text.indexOf(ANY);
		return (first < 0) ? this.text : this.text.substring(0, first);
	}

}

package dev.pergola.registry.exchange;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * First line of a script that Piral's tools built: the version of the format, and the
 * name under which the script hands itself over.
 *
 * @param spec {@code v2} or {@code v3}
 */
record PiletHeader(String spec, String requireRef) {

	/** Longest first line that is looked at. */
	static final int MAX_LENGTH = 1024;

	private static final Pattern SHAPE = Pattern.compile("//@pilet v:([23])\\(([A-Za-z0-9_:-]{1,200}),.*");

	/**
	 * Reads a header.
	 * @param line start of the script
	 * @return empty when it is no pilet
	 */
	static Optional<PiletHeader> parse(String line) {
		Matcher matcher = SHAPE.matcher(line.lines().findFirst().orElse(""));
		return matcher.matches() ? Optional.of(new PiletHeader("v" + matcher.group(1), matcher.group(2)))
				: Optional.empty();
	}

}

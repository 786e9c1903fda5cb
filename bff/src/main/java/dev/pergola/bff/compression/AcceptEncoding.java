package dev.pergola.bff.compression;

import java.util.List;
import java.util.Locale;

/** Reads which codings a client takes (RFC 9110 section 12.5.3). */
public final class AcceptEncoding {

	private AcceptEncoding() {
	}

	/**
	 * Whether gzip is one of them: the most specific entry counts, and weight 0 forbids.
	 * @param values all values of the header
	 */
	public static boolean takesGzip(List<String> values) {
		boolean any = false;
		for (String value : values) {
			for (String entry : value.split(",")) {
				int parameters = entry.indexOf(';');
				String coding = ((parameters < 0) ? entry : entry.substring(0, parameters)).strip();
				boolean wanted = parameters < 0 || isWanted(entry.substring(parameters + 1));
				if (coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip")) {
					return wanted;
				}
				any |= coding.equals("*") && wanted;
			}
		}
		return any;
	}

	private static boolean isWanted(String parameters) {
		String weight = parameters.strip().toLowerCase(Locale.ROOT);
		return !weight.startsWith("q=") || !weight.substring(2).strip().matches("0(\\.0*)?");
	}

}

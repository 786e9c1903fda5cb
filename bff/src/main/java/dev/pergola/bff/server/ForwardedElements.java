package dev.pergola.bff.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Elements of {@code Forwarded} headers, as RFC 7239 section 4 has them. */
final class ForwardedElements {

	private ForwardedElements() {
	}

	/**
	 * Reads all headers of that name.
	 * @return names in lower case and values of each element, the nearest proxy's last;
	 * empty when any of it cannot be read
	 */
	static List<Map<String, String>> read(List<String> headers) {
		List<Map<String, String>> elements = new ArrayList<>();
		for (String element : split(String.join(",", headers), ',')) {
			Map<String, String> pairs = new HashMap<>();
			for (String pair : split(element, ';')) {
				int equals = pair.indexOf('=');
				if (equals < 1 || pairs.put(pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
						plain(pair.substring(equals + 1).strip())) != null) {
					return List.of();
				}
			}
			elements.add(pairs);
		}
		return elements;
	}

	/** At a sign, but not between quotes. */
	private static List<String> split(String text, char sign) {
		List<String> parts = new ArrayList<>();
		boolean quoted = false;
		int from = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"') {
				quoted = !quoted;
			}
			else if (c == sign && !quoted) {
				parts.add(text.substring(from, i));
				from = i + 1;
			}
		}
		parts.add(text.substring(from));
		return parts;
	}

	// What is between quotes never needs an escape: addresses and hosts have no such
	// signs.
	private static String plain(String value) {
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

}

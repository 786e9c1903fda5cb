package dev.pergola.bench.proxy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be measured by itself. */
enum Part {

	/** Calls beside the other proxies. */
	COMPARE,
	/** The catalog changes under load. */
	SWAPS,
	/** Answers made of several. */
	VIEWS,
	/** Answers that do not end. */
	STREAMS,
	/** Many routes. */
	ROUTES,
	/** Start and memory of each service by itself. */
	SERVICES;

	/**
	 * Parts by their names.
	 * @param names {@code all}, or names with commas between them
	 */
	static Set<Part> read(String names) {
		if (names.equals("all")) {
			return EnumSet.allOf(Part.class);
		}
		return Arrays.stream(names.split(","))
			.map((name) -> valueOf(name.strip().toUpperCase(Locale.ROOT)))
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
	}

	/** Name of the file with the figures of these parts. */
	static String file(Set<Part> parts) {
		return (parts.size() == values().length) ? "bff"
				: parts.stream()
					.map((part) -> part.name().toLowerCase(Locale.ROOT))
					.collect(Collectors.joining("-", "bff-", ""));
	}

}

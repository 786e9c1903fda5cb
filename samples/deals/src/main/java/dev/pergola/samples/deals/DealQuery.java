package dev.pergola.samples.deals;

import java.time.LocalDate;
import java.util.Map;

/**
 * What a list is asked for; an empty text asks for nothing.
 *
 * @param q words in title, customer, partner, industry or region
 * @param openOnly whether deals that are won or lost are left out
 * @param until last day of closing
 */
record DealQuery(String q, String partnership, String stage, String owner, boolean openOnly, LocalDate until) {

	static final DealQuery ALL = of(Map.of());

	static DealQuery of(Map<String, String> parameters) {
		return new DealQuery(parameters.getOrDefault("q", "").strip(), parameters.getOrDefault("partnership", ""),
				parameters.getOrDefault("stage", ""), parameters.getOrDefault("owner", ""),
				Boolean.parseBoolean(parameters.getOrDefault("open", "false")),
				LocalDate.parse(parameters.getOrDefault("until", "9999-12-31")));
	}

}

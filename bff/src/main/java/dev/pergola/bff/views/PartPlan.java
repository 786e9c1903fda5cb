package dev.pergola.bff.views;

import java.time.Duration;

/**
 * How one part is fetched.
 *
 * @param module whose upstream is asked
 * @param isParsed whether another part needs a field of it
 */
record PartPlan(String name, String module, PartTemplate template, boolean optional, Duration timeout,
		boolean isParsed) {

}

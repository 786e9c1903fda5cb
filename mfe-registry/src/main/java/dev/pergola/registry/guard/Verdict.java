package dev.pergola.registry.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

import dev.pergola.registry.health.Counts;
import dev.pergola.registry.health.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a guard thinks of a newer version beside the older one.
 *
 * @param text with the numbers, for people
 */
record Verdict(Kind kind, String text) {

	/** What to do about it. */
	enum Kind {

		/** Too few loads to say. */
		WAITING,
		/** Within all limits. */
		HEALTHY,
		/** Past a limit, and not by accident. */
		PAST

	}

	/**
	 * Compares two versions, as the decision page "Health measured in the browsers" says.
	 */
	static Verdict of(GuardRules rules, String newer, Counts ofNewer, String older, Counts ofOlder) {
		String loads = "%s failed or threw in %s, %s in %s".formatted(newer, share(ofNewer), older, share(ofOlder));
		if (ofNewer.loads() < rules.minLoads() || ofOlder.loads() < rules.minLoads()) {
			return new Verdict(Kind.WAITING, "%s; %d loads of both are needed".formatted(loads, rules.minLoads()));
		}
		List<String> past = new ArrayList<>();
		BigDecimal points = rules.maxErrorRate();
		if (points != null && (ofNewer.errorRate() - ofOlder.errorRate()) * 100 > points.doubleValue()
				&& new Proportion(ofNewer.bad(), ofNewer.loads())
					.isHigherThan(new Proportion(ofOlder.bad(), ofOlder.loads()))) {
			past.add("more than %s points above".formatted(points.toPlainString()));
		}
		compare("LCP", rules, rules.maxLcp(), ofNewer.lcp(), ofOlder.lcp(), past);
		compare("INP", rules, rules.maxInp(), ofNewer.inp(), ofOlder.inp(), past);
		compare("time to mount", rules, rules.maxMount(), ofNewer.mount(), ofOlder.mount(), past);
		return past.isEmpty() ? new Verdict(Kind.HEALTHY, loads)
				: new Verdict(Kind.PAST, loads + ": " + String.join("; ", past));
	}

	/** A vital that few browsers measured is not compared. */
	private static void compare(String name, GuardRules rules, @Nullable BigDecimal ratio, Histogram newer,
			Histogram older, List<String> past) {
		if (ratio == null || newer.size() < rules.minLoads() || older.size() < rules.minLoads()) {
			return;
		}
		double limit = older.p75();
		if (newer.p75() > limit * ratio.doubleValue() && new Proportion(newer.above(limit), newer.size())
			.isHigherThan(new Proportion(older.above(limit), older.size()))) {
			past.add("%s p75 %d ms, %d ms before, more than %s times".formatted(name, Math.round(newer.p75()),
					Math.round(limit), ratio.toPlainString()));
		}
	}

	private static String share(Counts counts) {
		BigDecimal percent = BigDecimal.valueOf(counts.errorRate() * 100).setScale(2, RoundingMode.HALF_UP);
		return "%d of %d loads (%s %%)".formatted(counts.bad(), counts.loads(),
				percent.stripTrailingZeros().toPlainString());
	}

}

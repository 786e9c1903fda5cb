package dev.pergola.samples.partnerships;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a person may change of a partnership.
 */
record PartnershipChange(@Nullable String name, @Nullable String ownerId, @Nullable String type,
		@Nullable String status, @Nullable String tier, @Nullable Long annualTarget, @Nullable LocalDate lastContactOn,
		@Nullable String nextStep, @Nullable String notes) {

	static final Set<String> TYPES = Set.of("co-sell", "reseller", "technology", "referral", "delivery");

	static final Set<String> STATUSES = Set.of("prospect", "onboarding", "active", "at-risk", "ended");

	static final Set<String> TIERS = Set.of("registered", "silver", "gold");

	private static final long MAX_TARGET = 1_000_000_000L;

	/**
	 * Everything wrong with the change.
	 * @return empty when it can be saved
	 */
	List<Finding> findings() {
		List<Finding> findings = new ArrayList<>();
		check(findings, "name", isText(this.name, 1, 120), "Give it a name of at most 120 characters.");
		check(findings, "ownerId", isText(this.ownerId, 1, 64), "Name the person who looks after it.");
		check(findings, "type", this.type != null && TYPES.contains(this.type), "Choose one of the types.");
		check(findings, "status", this.status != null && STATUSES.contains(this.status), "Choose one of the statuses.");
		check(findings, "tier", this.tier != null && TIERS.contains(this.tier), "Choose one of the tiers.");
		check(findings, "annualTarget",
				this.annualTarget != null && this.annualTarget >= 0 && this.annualTarget <= MAX_TARGET,
				"Give a whole amount from 0 to 1,000,000,000.");
		check(findings, "lastContactOn", this.lastContactOn != null, "Give the day of the last contact.");
		check(findings, "nextStep", isText(this.nextStep, 0, 200), "Keep the next step within 200 characters.");
		check(findings, "notes", isText(this.notes, 0, 4000), "Keep the notes within 4,000 characters.");
		return findings;
	}

	private static void check(List<Finding> findings, String field, boolean valid, String message) {
		if (!valid) {
			findings.add(new Finding("/" + field, message));
		}
	}

	private static boolean isText(@Nullable String text, int min, int max) {
		return text != null && text.strip().length() >= min && text.length() <= max;
	}

	/**
	 * One thing wrong.
	 *
	 * @param pointer JSON pointer into the body
	 * @param message sentence for the person who typed it
	 */
	record Finding(String pointer, String message) {

	}

}

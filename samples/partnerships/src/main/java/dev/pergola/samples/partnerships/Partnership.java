package dev.pergola.samples.partnerships;

import java.time.LocalDate;
import java.util.List;

/**
 * Business done together with another organization.
 *
 * @param id {@code p-} and a number
 * @param organizationId organization on the other side, of the organizations module
 * @param ownerId person who looks after it, of the people module
 * @param type one of {@link PartnershipChange#TYPES}
 * @param status one of {@link PartnershipChange#STATUSES}
 * @param tier one of {@link PartnershipChange#TIERS}
 * @param annualTarget in whole units of {@code currency}
 * @param revision grows by one with every change, 1 at first
 */
record Partnership(String id, String name, String organizationId, String organizationName, String ownerId, String type,
		String status, String tier, List<String> industries, List<String> regions, long annualTarget, String currency,
		LocalDate startedOn, LocalDate lastContactOn, String nextStep, String notes, long revision) {

	Partnership {
		industries = List.copyOf(industries);
		regions = List.copyOf(regions);
	}

	String entityTag() {
		return "\"" + this.revision + "\"";
	}

	Partnership shifted(long days) {
		return new Partnership(this.id, this.name, this.organizationId, this.organizationName, this.ownerId, this.type,
				this.status, this.tier, this.industries, this.regions, this.annualTarget, this.currency,
				this.startedOn.plusDays(days), this.lastContactOn.plusDays(days), this.nextStep, this.notes, 1);
	}

}

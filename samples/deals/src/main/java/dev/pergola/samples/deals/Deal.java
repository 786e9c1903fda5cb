package dev.pergola.samples.deals;

import java.time.LocalDate;
import java.util.List;

/**
 * Something a partner and we sell together.
 *
 * @param id {@code d-} and a number
 * @param partnershipId of the partnerships module
 * @param organizationId the partner, of the organizations module
 * @param ownerId person who looks after it, of the people module
 * @param stage one of {@link #STAGES}
 * @param amount in whole units of {@code currency}
 * @param probability in percent
 * @param revision grows by one with every change, 1 at first
 * @param atRisk whether somebody noted that it may be lost
 */
record Deal(String id, String title, String customer, String partnershipId, String organizationId, String partnerName,
		String ownerId, String stage, long amount, String currency, int probability, String industry, String region,
		LocalDate closesOn, LocalDate updatedOn, long revision, boolean atRisk) {

	static final List<String> STAGES = List.of("lead", "qualified", "proposal", "negotiation", "won", "lost");

	boolean isOpen() {
		return !this.stage.equals("won") && !this.stage.equals("lost");
	}

	static int probabilityOf(String stage) {
		return switch (stage) {
			case "lead" -> 10;
			case "qualified" -> 25;
			case "proposal" -> 50;
			case "negotiation" -> 75;
			case "won" -> 100;
			default -> 0;
		};
	}

	Deal shifted(long days) {
		return new Deal(this.id, this.title, this.customer, this.partnershipId, this.organizationId, this.partnerName,
				this.ownerId, this.stage, this.amount, this.currency, this.probability, this.industry, this.region,
				this.closesOn.plusDays(days), this.updatedOn.plusDays(days), 1, false);
	}

}

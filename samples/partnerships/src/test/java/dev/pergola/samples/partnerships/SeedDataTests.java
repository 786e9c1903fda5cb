package dev.pergola.samples.partnerships;

import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeedDataTests {

	@Test
	void movesDaysSoThatNothingLiesInTheFuture() {
		LocalDate today = LocalDate.of(2031, 5, 17);
		List<Partnership> partnerships = SeedData.of(today);
		assertThat(partnerships).hasSize(50).allSatisfy((partnership) -> {
			assertThat(partnership.lastContactOn()).isBeforeOrEqualTo(today).isAfter(today.minusDays(500));
			assertThat(partnership.startedOn()).isBeforeOrEqualTo(partnership.lastContactOn());
		});
	}

	@Test
	void holdsOnlyWhatAPersonCouldSave() {
		assertThat(SeedData.today()).allSatisfy((one) -> {
			PartnershipChange change = new PartnershipChange(one.name(), one.ownerId(), one.type(), one.status(),
					one.tier(), one.annualTarget(), one.lastContactOn(), one.nextStep(), one.notes());
			assertThat(change.findings()).isEmpty();
		});
	}

}

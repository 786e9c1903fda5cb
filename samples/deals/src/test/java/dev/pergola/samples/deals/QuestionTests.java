package dev.pergola.samples.deals;

import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuestionTests {

	private static final LocalDate TODAY = LocalDate.of(2030, 6, 1);

	private final List<Deal> deals = SeedData.of(TODAY);

	@Test
	void findsStagesPartnersAndRegionsInAPrompt() {
		Question question = Question.of("What is in negotiation with Alpenstrom or Moravia in DACH?", this.deals);
		assertThat(question.stages()).containsExactly("negotiation");
		assertThat(question.regions()).contains("DACH");
		assertThat(Question.of("hello there", this.deals).isEmpty()).isTrue();
	}

	@Test
	void looksForNothingButTheDealsNamedById() {
		Question question = Question.of("Brief me on Supplier portal for Kestrel Foods (d-2003).", this.deals);
		assertThat(question.select(this.deals, TODAY)).extracting(Deal::id).containsExactly("d-2003");
		assertThat(question.describe()).isEqualTo("deals: d-2003");
		assertThat(Question.of("What is d-20031?", this.deals).isEmpty()).isTrue();
	}

	@Test
	void takesAWholeTitleForThatDealAlone() {
		Deal deal = this.deals.getFirst();
		Question question = Question.of("Note " + deal.title() + " as at risk", this.deals);
		assertThat(question.select(this.deals, TODAY)).containsExactly(deal);
	}

	@Test
	void takesNoRegionForAPartner() {
		assertThat(Question.of("All deals in Southern Europe", this.deals).partners()).isEmpty();
	}

	@Test
	void selectsOnlyOpenDealsThatCloseSoon() {
		List<Deal> found = Question.of("What closes soon?", this.deals).select(this.deals, TODAY);
		assertThat(found).isNotEmpty()
			.allSatisfy((deal) -> assertThat(deal.isOpen()).isTrue())
			.allSatisfy((deal) -> assertThat(deal.closesOn()).isBefore(TODAY.plusDays(30)));
	}

	@Test
	void saysSoWhenNothingMatches() {
		assertThat(Report.of(List.of(), TODAY)).singleElement().asString().contains("Nothing matches");
	}

	@Test
	void weighsAmountsByStage() {
		List<Deal> proposals = this.deals.stream().filter((deal) -> deal.stage().equals("proposal")).toList();
		long half = proposals.stream().mapToLong(Deal::amount).sum() / 2;
		assertThat(Report.of(proposals, TODAY).getFirst())
			.contains(String.format(java.util.Locale.ROOT, "weighted by stage that is **€%,d**", half));
	}

}

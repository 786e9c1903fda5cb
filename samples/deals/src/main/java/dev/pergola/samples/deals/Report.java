package dev.pergola.samples.deals;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What the researcher says, in markdown, one paragraph each.
 */
final class Report {

	private static final int MAX_ROWS = 6;

	private Report() {
	}

	static List<String> of(List<Deal> deals, LocalDate today) {
		if (deals.isEmpty()) {
			return List.of("Nothing matches all of that. Leave one condition out and ask again.");
		}
		List<Deal> open = deals.stream().filter(Deal::isOpen).toList();
		List<String> paragraphs = new ArrayList<>();
		paragraphs.add("**%d deal%s**, %d of them open, worth **%s**; weighted by stage that is **%s**.".formatted(
				deals.size(), (deals.size() == 1) ? "" : "s", open.size(),
				euro(open.stream().mapToLong(Deal::amount).sum()),
				euro(open.stream().mapToLong((deal) -> deal.amount() * deal.probability() / 100).sum())));
		paragraphs
			.add("| Deal | Partner | Stage | Amount | Closes |\n| --- | --- | --- | ---: | --- |\n" + String.join("\n",
					deals.stream()
						.sorted(Comparator.comparing(Deal::isOpen).reversed().thenComparing(Deal::closesOn))
						.limit(MAX_ROWS)
						.map(Report::row)
						.toList()));
		if (deals.size() > MAX_ROWS) {
			paragraphs.add("… and %d more on the page [Deals](/deals).".formatted(deals.size() - MAX_ROWS));
		}
		List<String> advice = advice(open, today);
		paragraphs.add(advice.isEmpty() ? "Nothing here needs a push today."
				: "What I would do next:\n\n" + String.join("\n", advice));
		paragraphs.add("How I got there: I matched the names in your question with my own records, then applied three "
				+ "rules: late, closing within 14 days, and untouched for %d days.".formatted(Question.QUIET_DAYS));
		return paragraphs;
	}

	static List<String> help(List<Deal> deals) {
		String partner = deals.isEmpty() ? "a partner" : deals.getFirst().partnerName();
		return List.of(
				"I research deals by rules, from my own records. Name a partner, customer, stage, industry or "
						+ "region, or ask for what is closing or quiet.",
				"For example:\n\n- Which deals in negotiation close this month?\n- What is quiet in Health?\n- Summary of "
						+ "the pipeline with " + partner);
	}

	private static List<String> advice(List<Deal> open, LocalDate today) {
		List<String> advice = new ArrayList<>();
		for (Deal deal : open) {
			long days = ChronoUnit.DAYS.between(today, deal.closesOn());
			long untouched = ChronoUnit.DAYS.between(deal.updatedOn(), today);
			if (days < 0) {
				advice.add("- [%s](/deals/%s) should have closed %d days ago: agree on a new day or close it."
					.formatted(deal.title(), deal.id(), -days));
			}
			else if (days <= 14) {
				advice.add("- [%s](/deals/%s) closes in %d days: ask %s for the last open point."
					.formatted(deal.title(), deal.id(), days, deal.customer()));
			}
			else if (untouched > Question.QUIET_DAYS) {
				advice.add("- [%s](/deals/%s) is untouched for %d days: a short call with %s.".formatted(deal.title(),
						deal.id(), untouched, deal.partnerName()));
			}
		}
		return advice.stream().limit(MAX_ROWS).toList();
	}

	private static String row(Deal deal) {
		return "| [%s](/deals/%s) | %s | %s | %s | %s |".formatted(deal.title(), deal.id(), deal.partnerName(),
				deal.stage(), euro(deal.amount()), deal.closesOn());
	}

	private static String euro(long amount) {
		return String.format(Locale.ROOT, "€%,d", amount);
	}

}

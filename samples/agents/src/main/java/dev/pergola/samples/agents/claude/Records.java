package dev.pergola.samples.agents.claude;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of the samples, as Claude Code's `Read` gives it: with a number before each
 * line.
 *
 * @param days by how many days what is in it has to be moved
 */
record Records(List<JsonNode> items, long days) {

	private static final Set<String> CLOSED = Set.of("won", "lost");

	/**
	 * @return empty where it is no such file
	 */
	static Optional<Records> of(Request.Result result, LocalDate today) {
		try {
			JsonNode file = JsonMapper.shared().readTree(result.text().replaceAll("(?m)^\\s*\\d+[\\t→]", ""));
			LocalDate asOf = LocalDate.parse(file.path("asOf").asString(""));
			return Optional.of(new Records(file.path("items").valueStream().toList(),
					ChronoUnit.DAYS.between(asOf, today.withDayOfMonth(1))));
		}
		catch (JacksonException | DateTimeException ex) {
			return Optional.empty();
		}
	}

	/** Deals that are not decided and close on that day or later, the next one first. */
	Stream<Deal> openDeals(LocalDate day) {
		return deals().filter((deal) -> !CLOSED.contains(deal.stage()) && !deal.closesOn().isBefore(day))
			.sorted(Comparator.comparing(Deal::closesOn));
	}

	Optional<Deal> deal(String id) {
		return deals().filter((deal) -> deal.id().equals(id)).findFirst();
	}

	Optional<String> name(String id) {
		return this.items.stream()
			.filter((item) -> item.path("id").asString("").equals(id))
			.map((item) -> item.path("name").asString(""))
			.findFirst();
	}

	private Stream<Deal> deals() {
		return this.items.stream()
			.map((item) -> new Deal(item.path("id").asString(), item.path("title").asString(),
					item.path("stage").asString(), item.path("amount").asLong(), item.path("partnerName").asString(),
					item.path("ownerId").asString(),
					LocalDate.parse(item.path("closesOn").asString()).plusDays(this.days)));
	}

	/**
	 * A deal.
	 *
	 * @param amount in euro
	 */
	record Deal(String id, String title, String stage, long amount, String partner, String ownerId,
			LocalDate closesOn) {

		/** One line of markdown. */
		String line() {
			return "[%s](/deals/%s): %s, %s, closes on %s".formatted(this.title, this.id, this.stage,
					String.format(Locale.ROOT, "€%,d", this.amount), this.closesOn);
		}

	}

}

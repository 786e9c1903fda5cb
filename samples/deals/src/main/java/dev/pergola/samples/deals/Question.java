package dev.pergola.samples.deals;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

import tools.jackson.databind.json.JsonMapper;

/**
 * What a prompt asks about, found by the names in it.
 *
 * @param ids deals named by id or by their whole title; then nothing else is looked for
 * @param stages stages named
 * @param partners names of partners named, in full or by their first word
 * @param closing whether it asks for what closes within 30 days
 * @param quiet whether it asks for what nobody touched for 14 days
 * @param all whether it asks for everything
 */
record Question(Collection<String> ids, Collection<String> stages, Collection<String> industries,
		Collection<String> regions, Collection<String> partners, Collection<String> customers, boolean closing,
		boolean quiet, boolean all) {

	static final int SOON_DAYS = 30;

	static final int QUIET_DAYS = 14;

	static Question of(String prompt, List<Deal> deals) {
		String text = prompt.toLowerCase(Locale.ROOT);
		List<String> ids = deals.stream()
			.filter((deal) -> matches(text, "\\b" + deal.id() + "\\b")
					|| text.contains(deal.title().toLowerCase(Locale.ROOT)))
			.map(Deal::id)
			.toList();
		if (!ids.isEmpty()) {
			List<String> none = List.of();
			return new Question(ids, none, none, none, none, none, false, false, false);
		}
		Collection<String> regions = distinct(deals, Deal::region);
		return new Question(ids, named(text, Deal.STAGES), named(text, distinct(deals, Deal::industry)),
				named(text, regions), namedShort(text, distinct(deals, Deal::partnerName), regions),
				namedShort(text, distinct(deals, Deal::customer), regions),
				matches(text, "clos(e|es|ing)|this month|soon|due"),
				matches(text, "quiet|stale|stuck|forgotten|idle|slow|risk"),
				matches(text, "\\b(all|pipeline|overview|forecast|summary|summari[sz]e|everything)\\b"));
	}

	boolean isEmpty() {
		return !this.all && !this.closing && !this.quiet && words().isEmpty();
	}

	List<Deal> select(List<Deal> deals, LocalDate today) {
		return deals.stream()
			.filter((deal) -> has(this.ids, deal.id()) && has(this.stages, deal.stage())
					&& has(this.industries, deal.industry()) && has(this.regions, deal.region())
					&& has(this.partners, deal.partnerName()) && has(this.customers, deal.customer()))
			.filter((deal) -> !this.closing || deal.isOpen() && deal.closesOn().isBefore(today.plusDays(SOON_DAYS)))
			.filter((deal) -> !this.quiet || deal.isOpen() && deal.updatedOn().isBefore(today.minusDays(QUIET_DAYS)))
			.toList();
	}

	String describe() {
		List<String> parts = new ArrayList<>(words());
		if (this.closing) {
			parts.add("closing within %d days".formatted(SOON_DAYS));
		}
		if (this.quiet) {
			parts.add("untouched for %d days".formatted(QUIET_DAYS));
		}
		return parts.isEmpty() ? "all deals" : "deals: " + String.join(", ", parts);
	}

	String toJson() {
		Map<String, Object> arguments = new LinkedHashMap<>();
		put(arguments, "ids", this.ids);
		put(arguments, "stages", this.stages);
		put(arguments, "industries", this.industries);
		put(arguments, "regions", this.regions);
		put(arguments, "partners", this.partners);
		put(arguments, "customers", this.customers);
		if (this.closing) {
			arguments.put("closesWithinDays", SOON_DAYS);
		}
		if (this.quiet) {
			arguments.put("untouchedForDays", QUIET_DAYS);
		}
		return new JsonMapper().writeValueAsString(arguments);
	}

	private List<String> words() {
		List<String> words = new ArrayList<>(this.ids);
		words.addAll(this.stages);
		words.addAll(this.industries);
		words.addAll(this.regions);
		words.addAll(this.partners);
		words.addAll(this.customers);
		return words;
	}

	private static void put(Map<String, Object> arguments, String name, Collection<String> values) {
		if (!values.isEmpty()) {
			arguments.put(name, values);
		}
	}

	private static boolean has(Collection<String> wanted, String value) {
		return wanted.isEmpty() || wanted.contains(value);
	}

	private static Collection<String> distinct(List<Deal> deals, Function<Deal, String> name) {
		return new TreeSet<>(deals.stream().map(name).toList());
	}

	private static List<String> named(String text, Collection<String> names) {
		return names.stream().filter((name) -> text.contains(name.toLowerCase(Locale.ROOT))).toList();
	}

	// In full, or by a first word that cannot mean something else, as "Southern" could.
	private static List<String> namedShort(String text, Collection<String> names, Collection<String> others) {
		return names.stream().filter((name) -> {
			String first = name.split("[^\\p{L}\\p{N}]+", 2)[0];
			boolean clear = first.length() > 5 && others.stream().noneMatch((other) -> other.startsWith(first));
			return text.contains((clear ? first : name).toLowerCase(Locale.ROOT));
		}).toList();
	}

	private static boolean matches(String text, String words) {
		return java.util.regex.Pattern.compile(words).matcher(text).find();
	}

}

package dev.pergola.registry.ownership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.PathPattern;
import dev.pergola.registry.conflict.Reservation;
import dev.pergola.registry.conflict.Reservation.Kind;
import dev.pergola.registry.request.Findings;
import org.jspecify.annotations.Nullable;

/**
 * Names that are for one team only, by what they name; each list holds prefixes.
 *
 * @param paths such as {@code /deals}
 * @param elements such as {@code deals-}
 * @param navigation ids, such as {@code deals}
 * @param modules such as {@code deals}
 */
record ReservedNames(List<String> paths, List<String> elements, List<String> navigation, List<String> modules) {

	private static final int MAX_NAMES = 100;

	private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9._-]{0,63}");

	ReservedNames(@Nullable List<String> paths, @Nullable List<String> elements, @Nullable List<String> navigation,
			@Nullable List<String> modules) {
		this.paths = distinct(paths);
		this.elements = distinct(elements);
		this.navigation = distinct(navigation);
		this.modules = distinct(modules);
	}

	static ReservedNames of(List<Reservation> reservations) {
		return new ReservedNames(prefixes(reservations, Kind.PATH), prefixes(reservations, Kind.ELEMENT),
				prefixes(reservations, Kind.NAVIGATION), prefixes(reservations, Kind.MODULE));
	}

	/** All that is wrong with the prefixes themselves. */
	List<Finding> findings() {
		List<Finding> findings = new ArrayList<>();
		check("/paths", this.paths, ReservedNames::isPath, "must be a path without parameters, such as /deals",
				findings);
		check("/elements", this.elements, ReservedNames::isPrefix, "must be like deals-", findings);
		check("/navigation", this.navigation, ReservedNames::isPrefix, "must be like deals", findings);
		check("/modules", this.modules, ReservedNames::isPrefix, "must be like deals", findings);
		return findings;
	}

	List<Reservation> reservations(String team) {
		List<Reservation> reservations = new ArrayList<>();
		this.paths.forEach((prefix) -> reservations.add(new Reservation(team, Kind.PATH, prefix)));
		this.elements.forEach((prefix) -> reservations.add(new Reservation(team, Kind.ELEMENT, prefix)));
		this.navigation.forEach((prefix) -> reservations.add(new Reservation(team, Kind.NAVIGATION, prefix)));
		this.modules.forEach((prefix) -> reservations.add(new Reservation(team, Kind.MODULE, prefix)));
		return reservations;
	}

	/** Where a reservation stands. */
	String pointer(Reservation reservation) {
		return switch (reservation.kind()) {
			case PATH -> "/paths/" + this.paths.indexOf(reservation.prefix());
			case ELEMENT -> "/elements/" + this.elements.indexOf(reservation.prefix());
			case NAVIGATION -> "/navigation/" + this.navigation.indexOf(reservation.prefix());
			case MODULE -> "/modules/" + this.modules.indexOf(reservation.prefix());
		};
	}

	private static void check(String pointer, List<String> prefixes, Predicate<String> rule, String sentence,
			List<Finding> findings) {
		if (prefixes.size() > MAX_NAMES) {
			findings.add(Findings.at(pointer, "must not be more than %d".formatted(MAX_NAMES)));
		}
		for (int i = 0; i < prefixes.size(); i++) {
			if (!rule.test(prefixes.get(i))) {
				findings.add(Findings.at(pointer + "/" + i, sentence));
			}
		}
	}

	private static boolean isPrefix(String text) {
		return PREFIX.matcher(text).matches();
	}

	/** The root would reserve everything. */
	private static boolean isPath(String text) {
		try {
			PathPattern pattern = PathPattern.parse(text);
			return !pattern.segments().isEmpty() && pattern.parameters().isEmpty();
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static List<String> prefixes(List<Reservation> reservations, Kind kind) {
		return reservations.stream().filter((each) -> each.kind() == kind).map(Reservation::prefix).toList();
	}

	private static List<String> distinct(@Nullable Collection<String> names) {
		return (names != null) ? List.copyOf(new LinkedHashSet<>(names)) : List.of();
	}

}

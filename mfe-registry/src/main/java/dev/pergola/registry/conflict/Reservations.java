package dev.pergola.registry.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.NavigationItem;
import dev.pergola.manifests.Page;
import dev.pergola.manifests.SlotFill;
import dev.pergola.registry.conflict.Reservation.Kind;
import dev.pergola.registry.request.Findings;
import org.jspecify.annotations.Nullable;

/**
 * All reserved names.
 */
public final class Reservations {

	private final List<Reservation> all;

	public Reservations(List<Reservation> all) {
		this.all = List.copyOf(all);
	}

	/**
	 * Names of a manifest that are reserved by another team.
	 * @param team team of the module
	 * @return in the order of the document, empty when there are none
	 */
	public List<Finding> of(String team, Manifest manifest) {
		List<Finding> findings = new ArrayList<>();
		check(team, Kind.MODULE, manifest.module(), "/module", findings);
		for (int i = 0; i < manifest.pages().size(); i++) {
			Page page = manifest.pages().get(i);
			check(team, Kind.PATH, page.pattern().toString(), "/pages/%d/path".formatted(i), findings);
			check(team, Kind.ELEMENT, page.element(), "/pages/%d/element".formatted(i), findings);
		}
		for (int i = 0; i < manifest.navigation().size(); i++) {
			check(team, Kind.NAVIGATION, manifest.navigation().get(i).id(), "/navigation/%d/id".formatted(i), findings);
		}
		for (int i = 0; i < manifest.slots().size(); i++) {
			check(team, Kind.ELEMENT, manifest.slots().get(i).element(), "/slots/%d/element".formatted(i), findings);
		}
		return findings;
	}

	/**
	 * Names of a kind that a manifest uses.
	 * @return in the order of the document
	 */
	public static Stream<String> names(Manifest manifest, Kind kind) {
		return switch (kind) {
			case PATH -> manifest.pages().stream().map((page) -> page.pattern().toString());
			case ELEMENT -> Stream
				.concat(manifest.pages().stream().map(Page::element), manifest.slots().stream().map(SlotFill::element))
				.filter(Objects::nonNull);
			case NAVIGATION -> manifest.navigation().stream().map(NavigationItem::id);
			case MODULE -> Stream.of(manifest.module());
		};
	}

	/** Those of others that a reservation overlaps. */
	public List<Reservation> overlapping(Reservation reservation) {
		return this.all.stream()
			.filter((each) -> !each.team().equals(reservation.team()) && each.overlaps(reservation))
			.toList();
	}

	private void check(String team, Kind kind, @Nullable String name, String pointer, List<Finding> findings) {
		if (name != null) {
			this.all.stream()
				.filter((each) -> each.kind() == kind && !each.team().equals(team) && each.covers(name))
				.findFirst()
				.ifPresent((each) -> findings
					.add(Findings.at(pointer, "%s is reserved: names that start with %s are for team %s".formatted(name,
							each.prefix(), each.team()))));
		}
	}

}

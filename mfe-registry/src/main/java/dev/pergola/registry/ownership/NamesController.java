package dev.pergola.registry.ownership;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.conflict.Reservation;
import dev.pergola.registry.conflict.ReservationStore;
import dev.pergola.registry.conflict.Reservations;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.request.JsonBody;
import dev.pergola.registry.request.NotFoundException;
import dev.pergola.registry.rollout.LiveManifests;
import dev.pergola.registry.team.Team;
import dev.pergola.registry.team.TeamStore;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reserves names for teams.
 */
@RestController
public class NamesController {

	private final Journal journal;

	private final TeamStore store;

	private final Teams teams;

	private final ReservationStore reservations;

	private final ModuleStore modules;

	private final LiveManifests live;

	public NamesController(Journal journal, TeamStore store, Teams teams, ReservationStore reservations,
			ModuleStore modules, LiveManifests live) {
		this.journal = journal;
		this.store = store;
		this.teams = teams;
		this.reservations = reservations;
		this.modules = modules;
		this.live = live;
	}

	/**
	 * {@code PUT /registry/v1/teams/{team}/names}: all names reserved for the team, in
	 * place of those before. 422 when another team has reserved or uses one of them.
	 */
	@PutMapping("/registry/v1/teams/{team}/names")
	ResponseEntity<TeamDetails> put(Caller caller, @PathVariable String team,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody byte[] body) {
		if (!Team.isName(team)) {
			throw new NotFoundException("team", team);
		}
		ReservedNames names = JsonBody.read(body, ReservedNames.class);
		refuse(names.findings());
		return TeamController.answer(this.journal.write(caller, (write) -> {
			TeamDetails before = this.teams.look(team);
			TeamController.requireSeen(ifMatch, before);
			if (names.equals(before.names())) {
				return before;
			}
			List<Reservation> wanted = names.reservations(team);
			refuse(taken(team, names, wanted));
			this.store.touch(team, write.revision(), write.at());
			this.reservations.replace(team, wanted);
			TeamDetails after = this.teams.look(team);
			write.record(new AuditFact("names.change", team, null, before.names(), after.names()));
			return after;
		}));
	}

	private List<Finding> taken(String team, ReservedNames names, List<Reservation> wanted) {
		Reservations reserved = this.reservations.load();
		List<Finding> findings = new ArrayList<>();
		for (Reservation reservation : wanted) {
			reserved.overlapping(reservation)
				.forEach((other) -> findings.add(Findings.at(names.pointer(reservation),
						"%s overlaps %s of team %s".formatted(reservation.prefix(), other.prefix(), other.team()))));
		}
		Map<String, Map<String, Manifest>> manifests = this.live.load();
		for (Module module : this.modules.all()) {
			if (!module.team().equals(team)) {
				wanted.forEach((reservation) -> used(module, reservation, manifests)
					.ifPresent((name) -> findings.add(Findings.at(names.pointer(reservation),
							"%s is used by module %s of team %s".formatted(name, module.name(), module.team())))));
			}
		}
		return findings;
	}

	/** A module keeps its name for good; its other names count while they are live. */
	private static Optional<String> used(Module module, Reservation reservation,
			Map<String, Map<String, Manifest>> manifests) {
		if (reservation.kind() == Reservation.Kind.MODULE) {
			return Optional.of(module.name()).filter(reservation::covers);
		}
		return manifests.getOrDefault(module.name(), Map.of())
			.values()
			.stream()
			.flatMap((manifest) -> Reservations.names(manifest, reservation.kind()))
			.filter(reservation::covers)
			.findFirst();
	}

	private static void refuse(List<Finding> findings) {
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("the names cannot be reserved", findings);
		}
	}

}

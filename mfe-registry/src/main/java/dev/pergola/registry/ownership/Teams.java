package dev.pergola.registry.ownership;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.pergola.registry.conflict.ReservationStore;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.request.NotFoundException;
import dev.pergola.registry.team.PublisherStore;
import dev.pergola.registry.team.Team;
import dev.pergola.registry.team.TeamProperties;
import dev.pergola.registry.team.TeamStore;

/**
 * Teams as the database, the modules and the settings name them, together.
 */
public final class Teams {

	private final TeamProperties settings;

	private final TeamStore store;

	private final PublisherStore publishers;

	private final ReservationStore reservations;

	private final ModuleStore modules;

	public Teams(TeamProperties settings, TeamStore store, PublisherStore publishers, ReservationStore reservations,
			ModuleStore modules) {
		this.settings = settings;
		this.store = store;
		this.publishers = publishers;
		this.reservations = reservations;
		this.modules = modules;
	}

	/** Names, in order. */
	Set<String> names() {
		Set<String> names = new TreeSet<>(this.store.names());
		names.addAll(this.settings.teams().keySet());
		this.modules.all().forEach((module) -> names.add(module.team()));
		return names;
	}

	/** A team, else {@link NotFoundException}. */
	TeamDetails get(String name) {
		if (!names().contains(name)) {
			throw new NotFoundException("team", name);
		}
		return look(name);
	}

	/**
	 * What is known of a team.
	 * @return at revision 0 when nothing is
	 */
	TeamDetails look(String name) {
		Team team = this.store.get(name);
		List<String> owned = this.modules.all()
			.stream()
			.filter((module) -> module.team().equals(name))
			.map(Module::name)
			.toList();
		return new TeamDetails(name, team.contact(), team.hosts(), this.settings.hosts(name), team.members(),
				ReservedNames.of(this.reservations.of(name)), this.publishers.of(name), owned, team.revision());
	}

}

package dev.pergola.registry.team;

/**
 * Knows the hosts of teams.
 */
public final class TeamHosts {

	private final TeamProperties settings;

	private final TeamStore store;

	public TeamHosts(TeamProperties settings, TeamStore store) {
		this.settings = settings;
		this.store = store;
	}

	/** Hosts as of now, as the current transaction sees them. */
	public Hosts load() {
		return new Hosts(this.settings, this.store.hosts());
	}

}

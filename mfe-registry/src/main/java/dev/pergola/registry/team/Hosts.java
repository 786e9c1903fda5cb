package dev.pergola.registry.team;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Hosts that upstreams of each team may be at: those of the settings and those that
 * administrators added.
 */
public final class Hosts {

	private final TeamProperties settings;

	private final Map<String, List<String>> added;

	Hosts(TeamProperties settings, Map<String, List<String>> added) {
		this.settings = settings;
		this.added = added;
	}

	/**
	 * Whether an upstream of a team may be at an address.
	 * @param team name of the team
	 * @param url absolute address
	 */
	public boolean allows(String team, URI url) {
		return this.settings.allows(team, url)
				|| TeamProperties.matchesAny(this.added.getOrDefault(team, List.of()), url);
	}

	/**
	 * Address of a module's service.
	 * @param declared address in the manifest, {@code null} for none
	 * @return what the operators set, else what the manifest declares
	 */
	public @Nullable URI upstream(String module, @Nullable URI declared) {
		return this.settings.upstream(module, declared);
	}

}

package dev.pergola.registry.ownership;

import java.util.List;

import dev.pergola.registry.team.Team.Member;
import dev.pergola.registry.team.TeamPublisher;
import org.jspecify.annotations.Nullable;

/**
 * A team with all that is its own, but its tokens.
 *
 * @param hosts hosts administrators gave it, in order
 * @param settingsHosts hosts the operators' settings give it; they cannot be changed here
 * @param modules names, in order
 * @param revision last write that changed the team, 0 when it is known only by its
 * modules, its tokens or the settings
 */
record TeamDetails(String team, @Nullable String contact, List<String> hosts, List<String> settingsHosts,
		List<Member> members, ReservedNames names, List<TeamPublisher> publishers, List<String> modules,
		long revision) {

}

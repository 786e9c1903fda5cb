package dev.pergola.registry.team;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What the database knows of a team.
 *
 * @param contact where to reach its people, {@code null} when nobody said
 * @param hosts hosts its upstreams may be at, beside those of the settings, in order
 * @param members in the order of their subjects
 * @param revision last write that changed it, 0 when the database knows nothing of it
 */
public record Team(String name, @Nullable String contact, List<String> hosts, List<Member> members, long revision) {

	private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,47}");

	public Team {
		hosts = List.copyOf(hosts);
		members = List.copyOf(members);
	}

	/**
	 * Whether a team may be called so.
	 * @param name any text
	 */
	public static boolean isName(String name) {
		return SHAPE.matcher(name).matches();
	}

	/**
	 * A person of a team.
	 *
	 * @param subject as the identity provider names them
	 */
	public record Member(String subject, Instant addedAt, String addedBy) {

	}

}

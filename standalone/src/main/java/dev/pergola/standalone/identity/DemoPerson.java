package dev.pergola.standalone.identity;

import java.util.Arrays;
import java.util.List;

/**
 * One of the people who can sign in at the demo identity provider; the password is the
 * name.
 *
 * @param id name to sign in with, and subject of the tokens
 * @param name name to show
 * @param about what this person comes for, one short sentence
 * @param roles the portal's own roles
 * @param permissions permissions of the sample modules
 * @param teams teams the person publishes for
 */
public record DemoPerson(String id, String name, String about, List<String> roles, List<String> permissions,
		List<String> teams) {

	private static final List<String> READS = List.of("partnerships:read", "deals:read", "people:read",
			"organizations:read");

	private static final List<String> AGENTS = List.of("partnerships:agent", "deals:agent");

	private static final List<String> WRITES = List.of("organizations:write");

	private static final List<DemoPerson> ALL = List.of(
			new DemoPerson("business", "Bea Business", "Finds partners and deals, asks agents.", List.of("business"),
					join(READS, AGENTS, WRITES), List.of()),
			new DemoPerson("admin", "Alex Admin", "Arranges the portal, switches modules on and off.",
					List.of("admin", "business", "developer", "designer"), join(READS, AGENTS, WRITES),
					List.of("partnerships", "deals", "people", "organizations")),
			new DemoPerson("developer", "Dana Developer", "Publishes modules and watches them live.",
					List.of("developer"), join(READS, AGENTS),
					List.of("partnerships", "deals", "people", "organizations")),
			new DemoPerson("designer", "Devi Designer", "Looks after tokens and components.", List.of("designer"),
					READS, List.of()));

	public DemoPerson {
		roles = List.copyOf(roles);
		permissions = List.copyOf(permissions);
		teams = List.copyOf(teams);
	}

	/**
	 * All demo people, in the order they are shown.
	 * @return four people
	 */
	public static List<DemoPerson> all() {
		return ALL;
	}

	/** What people who come to work may do; a program may do the same. */
	static List<String> work() {
		return join(READS, WRITES);
	}

	@SafeVarargs
	private static List<String> join(List<String>... lists) {
		return Arrays.stream(lists).flatMap(List::stream).toList();
	}

}

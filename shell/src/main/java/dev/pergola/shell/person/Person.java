package dev.pergola.shell.person;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import dev.pergola.manifests.catalog.Audience;
import dev.pergola.session.SessionPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * The person who is signed in.
 *
 * @param subject id of the person at the identity provider
 * @param name name to show
 * @param roles roles of the portal and of the modules
 * @param permissions single rights
 * @param teams teams the person is in
 * @param tenant customer whose data the person works with, {@code null} when there is one
 * only
 */
public record Person(String subject, String name, Set<String> roles, Set<String> permissions, Set<String> teams,
		@Nullable String tenant) {

	public Person {
		roles = Set.copyOf(roles);
		permissions = Set.copyOf(permissions);
		teams = Set.copyOf(teams);
	}

	/**
	 * The person of a session or of a bearer call.
	 * @param principal who it is
	 * @return the person
	 */
	public static Person of(SessionPrincipal principal) {
		return new Person(principal.subject(), principal.name(), principal.roles(), principal.permissions(),
				principal.teams(), principal.tenant());
	}

	/**
	 * What a manifest's {@code requires} is held against.
	 * @return roles and permissions
	 */
	public Set<String> grants() {
		Set<String> grants = new HashSet<>(this.roles);
		grants.addAll(this.permissions);
		return grants;
	}

	/**
	 * The person as the rules of a rollout know them.
	 * @return whom a version is chosen for
	 */
	public Audience audience() {
		return Audience.of(this.subject, this.tenant, this.roles, this.permissions, this.teams);
	}

	/**
	 * Whether the person may do what needs all these.
	 * @param requires names of roles and permissions
	 * @return whether every one is granted; true for none
	 */
	public boolean has(Collection<String> requires) {
		return requires.stream().allMatch((name) -> this.roles.contains(name) || this.permissions.contains(name));
	}

	/**
	 * Whether the person has a role of the portal.
	 * @param role name of the role
	 * @return whether they have it
	 */
	public boolean is(String role) {
		return this.roles.contains(role);
	}

}

package dev.pergola.manifests.catalog;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Somebody a version is chosen for.
 *
 * @param subject id of the person, empty for somebody who is not signed in
 * @param tenant customer whose data the person works with, {@code null} when there is one
 * only
 * @param roles roles of the person; each counts as a group as well
 * @param groups further groups the person is in
 */
public record Audience(String subject, @Nullable String tenant, Set<String> roles, Set<String> groups) {

	public Audience {
		roles = Set.copyOf(roles);
		groups = Set.copyOf(groups);
	}

	/**
	 * A signed-in person: roles, permissions and teams are their groups.
	 */
	public static Audience of(String subject, @Nullable String tenant, Set<String> roles, Set<String> permissions,
			Set<String> teams) {
		Set<String> groups = new HashSet<>(permissions);
		groups.addAll(teams);
		return new Audience(subject, tenant, roles, groups);
	}

	/** Somebody of whom nothing but the id is known. */
	public static Audience of(String subject) {
		return new Audience(subject, null, Set.of(), Set.of());
	}

	boolean isIn(String group) {
		return this.groups.contains(group) || this.roles.contains(group);
	}

}

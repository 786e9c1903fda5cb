package dev.pergola.registry.revision;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.pergola.manifests.catalog.Audience;

/**
 * Somebody a catalog is served to.
 *
 * @param audience whose subject is empty when it is nobody in particular; they get what
 * most people get
 * @param names roles and permissions
 */
record Person(Audience audience, Set<String> names) {

	Person {
		names = Set.copyOf(names);
	}

	/**
	 * Somebody, described.
	 * @param permissions permissions beside the roles
	 */
	static Person of(String subject, String tenant, List<String> roles, List<String> permissions, List<String> groups) {
		Set<String> names = new HashSet<>(roles);
		names.addAll(permissions);
		Set<String> all = new HashSet<>(groups);
		all.addAll(permissions);
		return new Person(new Audience(subject, tenant.isEmpty() ? null : tenant, Set.copyOf(roles), all), names);
	}

	boolean has(List<String> requires) {
		return this.names.containsAll(requires);
	}

	boolean isNobodyInParticular() {
		return this.audience.subject().isEmpty();
	}

}

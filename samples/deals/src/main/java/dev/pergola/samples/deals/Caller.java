package dev.pergola.samples.deals;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, as the access token says.
 */
record Caller(String subject, Set<String> permissions, Set<String> roles) {

	Caller {
		permissions = Set.copyOf(permissions);
		roles = Set.copyOf(roles);
	}

	void need(String permission) {
		if (!this.permissions.contains(permission)) {
			throw Problem.of(403, "forbidden", "This needs the permission %s.".formatted(permission));
		}
	}

	void needAnyRole(String... names) {
		if (!hasAnyRole(names)) {
			throw Problem.of(403, "forbidden", "This needs one of the roles %s.".formatted(String.join(", ", names)));
		}
	}

	boolean hasAnyRole(String... names) {
		return Set.of(names).stream().anyMatch(this.roles::contains);
	}

	static Set<String> names(@Nullable Object claim) {
		return (claim instanceof Collection<?> names)
				? names.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet()) : Set.of();
	}

}

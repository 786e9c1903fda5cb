package dev.pergola.samples.organizations;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, as the access token says.
 */
record Caller(String subject, Set<String> permissions) {

	/** Whoever sits at this machine, when the application runs on its own. */
	static final Caller LOCAL = new Caller("local", Set.of("organizations:read", "organizations:write"));

	Caller {
		permissions = Set.copyOf(permissions);
	}

	void need(String permission) {
		if (!may(permission)) {
			throw Problem.of(403, "forbidden", "This needs the permission %s.".formatted(permission));
		}
	}

	boolean may(String permission) {
		return this.permissions.contains(permission);
	}

	static Set<String> names(@Nullable Object claim) {
		return (claim instanceof Collection<?> names)
				? names.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet()) : Set.of();
	}

}

package dev.pergola.bff.caller;

import java.util.Collection;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Whoever makes a request.
 *
 * @param key tells this principal from all others, also from one of the same subject at
 * another issuer
 * @param subject id of the principal
 * @param tenant customer whose data this is, {@code null} where there is one only
 * @param grants roles and permissions
 */
public record Caller(String key, String subject, @Nullable String tenant, Set<String> grants) {

	public Caller {
		grants = Set.copyOf(grants);
	}

	/** Whether everything a manifest requires is among the grants. */
	public boolean may(Collection<String> requires) {
		return this.grants.containsAll(requires);
	}

}

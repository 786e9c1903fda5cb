package dev.pergola.bff.caller;

import java.util.Collection;
import java.util.Set;

import dev.pergola.manifests.catalog.Audience;
import org.jspecify.annotations.Nullable;

/**
 * Whoever makes a request.
 *
 * @param key tells this principal from all others, also from one of the same subject at
 * another issuer
 * @param audience the principal as the rules of a rollout know it
 * @param grants roles and permissions
 * @param client program that brought the access token, {@code null} for a session
 */
public record Caller(String key, Audience audience, Set<String> grants, @Nullable String client) {

	public Caller {
		grants = Set.copyOf(grants);
	}

	/** A person with a session. */
	public Caller(String key, Audience audience, Set<String> grants) {
		this(key, audience, grants, null);
	}

	/** Id of the principal. */
	public String subject() {
		return this.audience.subject();
	}

	/** Customer whose data this is, {@code null} where there is one only. */
	public @Nullable String tenant() {
		return this.audience.tenant();
	}

	/** Whether everything a manifest requires is among the grants. */
	public boolean may(Collection<String> requires) {
		return this.grants.containsAll(requires);
	}

}

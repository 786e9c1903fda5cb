package dev.pergola.bff.limits;

import dev.pergola.bff.caller.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Whose call it is.
 *
 * @param person key of the principal, the same as {@link Caller#key()}
 * @param tenant customer whose data it is, {@code null} where there is one only
 * @param client program that brings the access token, {@code null} for the browser
 */
public record Party(String person, @Nullable String tenant, @Nullable String client) {

	public static Party of(Caller caller) {
		return new Party(caller.key(), caller.tenant(), caller.client());
	}

}

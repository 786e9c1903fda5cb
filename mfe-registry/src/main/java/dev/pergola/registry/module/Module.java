package dev.pergola.registry.module;

import org.jspecify.annotations.Nullable;

/**
 * A module as the registry keeps it.
 *
 * @param team owner, set by the first publish; an administrator may hand the module over
 * @param reason why it is switched off, {@code null} while it is on
 * @param disabledByAdministrator whether only an administrator may switch it on again
 * @param revision last write that changed it
 */
public record Module(String name, String team, boolean enabled, @Nullable String reason,
		boolean disabledByAdministrator, long revision) {

}

package dev.pergola.registry.revision;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A write.
 *
 * @param actor name of the caller
 * @param action such as {@code version.publish}
 * @param subject what was changed, such as {@code partnerships/2.4.1}
 * @param reason why, in the caller's words
 */
record RevisionEntry(long revision, Instant at, String actor, String action, String subject, @Nullable String module,
		@Nullable String reason) {

}

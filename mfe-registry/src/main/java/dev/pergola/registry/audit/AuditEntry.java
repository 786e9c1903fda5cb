package dev.pergola.registry.audit;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One line of the audit.
 *
 * @param id grows with time
 * @param revision revision the write made, {@code null} when nothing was written, as for
 * a refused token
 * @param actor name of the caller
 * @param actorKind {@code person}, {@code team-token}, {@code pipeline}, {@code service}
 * or {@code nobody}
 * @param address network address of the caller
 * @param action such as {@code version.publish}
 * @param subject what was changed, such as {@code partnerships/2.4.1}
 * @param before state before, {@code null} when there was none
 * @param after state after, {@code null} when there is none
 * @param reason why, in the caller's words
 */
public record AuditEntry(long id, @Nullable Long revision, Instant at, String actor, String actorKind, String address,
		String action, String subject, @Nullable String module, @Nullable JsonNode before, @Nullable JsonNode after,
		@Nullable String reason) {

}

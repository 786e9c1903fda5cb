package dev.pergola.registry.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a write did, for the audit.
 *
 * @param action such as {@code version.publish}
 * @param subject what was changed, such as {@code partnerships/2.4.1}
 * @param module module it belongs to, {@code null} for none
 * @param before state before, written as JSON
 * @param after state after, written as JSON
 */
public record AuditFact(String action, String subject, @Nullable String module, @Nullable Object before,
		@Nullable Object after) {

}

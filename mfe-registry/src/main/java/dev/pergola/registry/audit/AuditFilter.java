package dev.pergola.registry.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.request.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit are wanted; what is {@code null} does not matter.
 *
 * @param module entries of this module
 * @param team entries about this team and the modules it has now
 * @param actor entries of this caller
 * @param action start of the action, such as {@code version.}
 * @param from first instant that counts
 * @param to first instant that counts no more
 * @param revision the write that made this revision
 * @param text part of the subject, in any case
 */
record AuditFilter(@Nullable String module, @Nullable String team, @Nullable String actor, @Nullable String action,
		@Nullable Instant from, @Nullable Instant to, @Nullable Long revision, @Nullable String text) {

	/**
	 * Reads a query.
	 * @param query values by name; unknown names do not matter here
	 * @return {@link InvalidRequestException} when a value cannot be read
	 */
	static AuditFilter of(Map<String, String> query) {
		List<Finding> findings = new ArrayList<>();
		AuditFilter filter = new AuditFilter(text(query, "module"), text(query, "team"), text(query, "actor"),
				text(query, "action"), read(query, "from", AuditFilter::instant, findings),
				read(query, "to", AuditFilter::instant, findings), read(query, "revision", Long::parseLong, findings),
				text(query, "text"));
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("the audit cannot be searched so", findings);
		}
		return filter;
	}

	private static Instant instant(String text) {
		return OffsetDateTime.parse(text).toInstant();
	}

	private static @Nullable String text(Map<String, String> query, String name) {
		String value = query.get(name);
		return (value != null && !value.isBlank()) ? value.strip() : null;
	}

	private static <T> @Nullable T read(Map<String, String> query, String name, Function<String, T> reader,
			List<Finding> findings) {
		String value = text(query, name);
		try {
			return (value != null) ? reader.apply(value) : null;
		}
		catch (DateTimeException | NumberFormatException ex) {
			findings.add(Findings.at("/" + name,
					name.equals("revision") ? "must be a number" : "must be like 2026-11-22T18:00:00Z"));
			return null;
		}
	}

}

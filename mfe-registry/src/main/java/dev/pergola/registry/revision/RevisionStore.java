package dev.pergola.registry.revision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.pergola.registry.database.RegistryDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Revisions in the registry's database; each is an entry of the audit.
 */
public final class RevisionStore {

	private static final String SELECT = """
			select revision, written_at, actor, action, subject, module, reason
			from audit_entry a
			where revision < :before
				and (cast(:at as timestamp with time zone) is null or written_at <= :at)
				and (cast(:module as varchar) is null or module = :module or exists (
					select 1 from module_history h where h.module = :module and h.revision = a.revision))
			order by revision desc
			fetch first :limit rows only
			""";

	private static final String SELECT_PUBLISHED = """
			select module, version from module_version where revision > :after and revision <= :until
			""";

	private final JdbcClient jdbc;

	public RevisionStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/**
	 * Revisions below one, newest first.
	 * @param at only those written by then, {@code null} for all
	 * @param module only those that touched this module, {@code null} for all
	 */
	List<RevisionEntry> before(long before, @Nullable Instant at, @Nullable String module, int limit) {
		return this.jdbc.sql(SELECT)
			.param("before", before)
			.param("at", (at != null) ? at.atOffset(ZoneOffset.UTC) : null)
			.param("module", module)
			.param("limit", limit)
			.query(RevisionStore::entry)
			.list();
	}

	/**
	 * Versions that the writes after one revision and up to another published.
	 * @return names of versions by module
	 */
	Map<String, TreeSet<String>> published(long after, long until) {
		Map<String, TreeSet<String>> published = new TreeMap<>();
		this.jdbc.sql(SELECT_PUBLISHED).param("after", after).param("until", until).query((row) -> {
			published.computeIfAbsent(row.getString("module"), (module) -> new TreeSet<>())
				.add(row.getString("version"));
		});
		return published;
	}

	private static RevisionEntry entry(ResultSet row, int number) throws SQLException {
		return new RevisionEntry(row.getLong("revision"), row.getObject("written_at", OffsetDateTime.class).toInstant(),
				row.getString("actor"), row.getString("action"), row.getString("subject"), row.getString("module"),
				row.getString("reason"));
	}

}

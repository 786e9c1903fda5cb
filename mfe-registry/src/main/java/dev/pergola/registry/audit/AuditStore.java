package dev.pergola.registry.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.database.RegistryDatabase;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The audit in the registry's database. Entries are added, never changed.
 */
public final class AuditStore {

	private static final String INSERT = """
			insert into audit_entry (revision, written_at, actor, actor_kind, address, action, subject, module,
				state_before, state_after, reason)
			values (:revision, :at, :actor, :actorKind, :address, :action, :subject, :module, :before, :after, :reason)
			""";

	private static final String SELECT = """
			select id, revision, written_at, actor, actor_kind, address, action, subject, module,
				state_before, state_after, reason
			from audit_entry
			where %s
			order by id desc
			fetch first :limit rows only
			""";

	private static final String SELECT_MORE = """
			select exists (
				select 1 from audit_entry where revision > :after and (action <> :action or module = :module))
			""";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final JdbcClient jdbc;

	public AuditStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/**
	 * Adds an entry, in the transaction of the caller if there is one.
	 * @param revision revision of the write, {@code null} when nothing was written
	 * @param fact what happened
	 */
	public void add(@Nullable Long revision, Instant at, Caller caller, AuditFact fact) {
		this.jdbc.sql(INSERT)
			.param("revision", revision)
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("actor", caller.name())
			.param("actorKind", caller.kind().text())
			.param("address", caller.address())
			.param("action", fact.action())
			.param("subject", fact.subject())
			.param("module", fact.module())
			.param("before", text(fact.before()))
			.param("after", text(fact.after()))
			.param("reason", caller.reason())
			.update();
	}

	/**
	 * Whether writes did more than one action to modules, or did it to a certain one.
	 * @param after revision whose followers are looked at
	 * @param module name that no entry may have
	 * @return false when every write after the revision was the action, on other modules
	 */
	public boolean hasMore(long after, String action, String module) {
		return this.jdbc.sql(SELECT_MORE)
			.param("after", after)
			.param("action", action)
			.param("module", module)
			.query(Boolean.class)
			.single();
	}

	/**
	 * Entries before an id, newest first.
	 * @param before id the entries are below
	 */
	List<AuditEntry> before(long before, AuditFilter filter, int limit) {
		AuditQuery query = new AuditQuery(filter);
		return this.jdbc.sql(SELECT.formatted(query.conditions()))
			.params(query.parameters())
			.param("before", before)
			.param("limit", limit)
			.query(AuditStore::entry)
			.list();
	}

	private static AuditEntry entry(ResultSet row, int number) throws SQLException {
		return new AuditEntry(row.getLong("id"), row.getObject("revision", Long.class),
				row.getObject("written_at", OffsetDateTime.class).toInstant(), row.getString("actor"),
				row.getString("actor_kind"), row.getString("address"), row.getString("action"),
				row.getString("subject"), row.getString("module"), tree(row.getString("state_before")),
				tree(row.getString("state_after")), row.getString("reason"));
	}

	private static @Nullable String text(@Nullable Object state) {
		return (state != null) ? JSON.writeValueAsString(state) : null;
	}

	private static @Nullable JsonNode tree(@Nullable String text) {
		return (text != null) ? JSON.readTree(text) : null;
	}

}

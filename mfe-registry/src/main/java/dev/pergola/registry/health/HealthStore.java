package dev.pergola.registry.health;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.pergola.registry.database.RegistryDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What browsers measured, in the registry's database.
 */
public final class HealthStore {

	private static final String UPDATE_MINUTE = """
			update health_minute
			set loads = :loads, failures = :failures, errors = :errors, mount_millis = :mount, lcp_millis = :lcp,
				inp_millis = :inp, cls_thousandths = :cls
			where module = :module and version = :version and counted_at = :at and node = :node
			""";

	private static final String INSERT_MINUTE = """
			insert into health_minute (module, version, counted_at, node, loads, failures, errors, mount_millis,
				lcp_millis, inp_millis, cls_thousandths)
			values (:module, :version, :at, :node, :loads, :failures, :errors, :mount, :lcp, :inp, :cls)
			""";

	private static final String SELECT_MINUTES = """
			select version, loads, failures, errors, mount_millis, lcp_millis, inp_millis, cls_thousandths
			from health_minute
			where module = :module and counted_at >= :from and counted_at < :to
			""";

	private static final String UPDATE_ERROR = """
			update health_error
			set seen = seen + :seen, by_people = by_people + :byPeople, last_at = :at, last_id = :id
			where module = :module and version = :version and fingerprint = :fingerprint and browser = :browser
			""";

	private static final String INSERT_ERROR = """
			insert into health_error (module, version, fingerprint, browser, reason, message, stack, page, last_id,
				seen, by_people, first_at, last_at)
			values (:module, :version, :fingerprint, :browser, :reason, :message, :stack, :page, :id, :seen,
				:byPeople, :at, :at)
			""";

	private static final String SELECT_ERRORS = """
			select version, browser, reason, message, stack, page, last_id, seen, by_people, first_at, last_at
			from health_error
			where module = :module and last_at >= :from
			order by last_at desc, fingerprint
			""";

	private static final String PRUNE_ERRORS = """
			delete from health_error
			where module = :module and version = :version and last_at < (
				select min(kept.last_at) from (
					select last_at from health_error where module = :module and version = :version
					order by last_at desc fetch first :most rows only) kept)
			""";

	private static final List<String> FORGET = List.of("delete from health_minute where counted_at < :before",
			"delete from health_error where last_at < :before");

	private final JdbcClient jdbc;

	public HealthStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/**
	 * Writes a node's counts of a minute in place of those it wrote before.
	 * @param at start of the minute
	 * @param node name no other process has
	 */
	void put(String module, String version, Instant at, String node, Counts counts) {
		if (write(UPDATE_MINUTE, module, version, at, node, counts) == 0) {
			write(INSERT_MINUTE, module, version, at, node, counts);
		}
	}

	private int write(String sql, String module, String version, Instant at, String node, Counts counts) {
		return this.jdbc.sql(sql)
			.param("module", module)
			.param("version", version)
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("node", node)
			.param("loads", counts.loads())
			.param("failures", counts.failures())
			.param("errors", counts.errors())
			.param("mount", counts.mount().text())
			.param("lcp", counts.lcp().text())
			.param("inp", counts.inp().text())
			.param("cls", counts.cls().text())
			.update();
	}

	/** Adds to how often an error was seen. */
	void add(ErrorSeen error, Instant at, long seen, long byPeople) {
		if (write(UPDATE_ERROR, error, at, seen, byPeople) == 0) {
			try {
				write(INSERT_ERROR, error, at, seen, byPeople);
			}
			catch (DuplicateKeyException ex) {
				// Another node met it in between.
				write(UPDATE_ERROR, error, at, seen, byPeople);
			}
		}
	}

	private int write(String sql, ErrorSeen error, Instant at, long seen, long byPeople) {
		return this.jdbc.sql(sql)
			.param("module", error.module())
			.param("version", error.version())
			.param("fingerprint", error.fingerprint())
			.param("browser", error.browser())
			.param("reason", error.reason())
			.param("message", error.message())
			.param("stack", error.stack())
			.param("page", error.page())
			.param("id", error.id())
			.param("seen", seen)
			.param("byPeople", byPeople)
			.param("at", at.atOffset(ZoneOffset.UTC))
			.update();
	}

	/**
	 * What all nodes counted.
	 * @param from start of the first minute
	 * @param to end of the last minute
	 * @return by version; versions nobody loaded are missing
	 */
	public Map<String, Counts> counts(String module, Instant from, Instant to) {
		Map<String, Counts> counts = new TreeMap<>();
		this.jdbc.sql(SELECT_MINUTES)
			.param("module", module)
			.param("from", from.atOffset(ZoneOffset.UTC))
			.param("to", to.atOffset(ZoneOffset.UTC))
			.query((row) -> {
				counts.merge(row.getString("version"), counts(row), Counts::plus);
			});
		return counts;
	}

	/** Errors of a module that were seen since then, latest first. */
	List<KeptError> errors(String module, Instant from) {
		return this.jdbc.sql(SELECT_ERRORS)
			.param("module", module)
			.param("from", from.atOffset(ZoneOffset.UTC))
			.query(HealthStore::error)
			.list();
	}

	/** Keeps the errors of a version that were seen last. */
	void prune(String module, String version, int most) {
		this.jdbc.sql(PRUNE_ERRORS).param("module", module).param("version", version).param("most", most).update();
	}

	void forget(Instant before) {
		FORGET.forEach((sql) -> this.jdbc.sql(sql).param("before", before.atOffset(ZoneOffset.UTC)).update());
	}

	private static Counts counts(ResultSet row) throws SQLException {
		return new Counts(row.getLong("loads"), row.getLong("failures"), row.getLong("errors"),
				Histogram.parse(row.getString("mount_millis")), Histogram.parse(row.getString("lcp_millis")),
				Histogram.parse(row.getString("inp_millis")), Histogram.parse(row.getString("cls_thousandths")));
	}

	private static KeptError error(ResultSet row, int number) throws SQLException {
		return new KeptError(row.getString("version"), row.getString("browser"), row.getString("reason"),
				row.getString("message"), row.getString("stack"), row.getString("page"), row.getString("last_id"),
				row.getLong("seen"), row.getLong("by_people"),
				row.getObject("first_at", OffsetDateTime.class).toInstant(),
				row.getObject("last_at", OffsetDateTime.class).toInstant());
	}

	/**
	 * An error as it is kept.
	 *
	 * @param lastId what the person who met it last saw of it
	 * @param byPeople how often somebody pressed Report
	 */
	record KeptError(String version, String browser, String reason, String message, @Nullable String stack,
			@Nullable String page, @Nullable String lastId, long seen, long byPeople, Instant firstAt, Instant lastAt) {

	}

}

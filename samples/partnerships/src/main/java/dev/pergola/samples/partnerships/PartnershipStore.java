package dev.pergola.samples.partnerships;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Partnerships in the service's own database.
 */
class PartnershipStore {

	private static final String SCHEMA = """
			create table if not exists partnership (
			  id varchar(32) primary key, name varchar(120) not null, organization_id varchar(64) not null,
			  organization_name varchar(120) not null, owner_id varchar(64) not null, type varchar(16) not null,
			  status varchar(16) not null, tier varchar(16) not null, industries varchar(255) not null,
			  regions varchar(255) not null, annual_target bigint not null, currency char(3) not null,
			  started_on date not null, last_contact_on date not null, next_step varchar(200) not null,
			  notes varchar(4000) not null, revision bigint not null)
			""";

	private static final String COLUMNS = """
			id, name, organization_id, organization_name, owner_id, type, status, tier, industries, regions,
			annual_target, currency, started_on, last_contact_on, next_step, notes, revision
			""";

	private static final String FIND = "select " + COLUMNS + """
			from partnership
			where (:q = '' or locate(:q, lower(name || ' ' || industries || ' ' || regions || ' ' || next_step)) > 0)
			  and (:status = '' or status = :status) and (:owner = '' or owner_id = :owner)
			  and (:organization = '' or organization_id = :organization)
			order by name, id
			""";

	private static final String GET = "select " + COLUMNS + " from partnership where id = :id";

	private static final String INSERT = "insert into partnership (" + COLUMNS + """
			) values (:id, :name, :organizationId, :organizationName, :ownerId, :type, :status, :tier, :industries,
			:regions, :annualTarget, :currency, :startedOn, :lastContactOn, :nextStep, :notes, :revision)
			""";

	private static final String UPDATE = """
			update partnership set name = :name, owner_id = :ownerId, type = :type, status = :status, tier = :tier,
			  annual_target = :annualTarget, last_contact_on = :lastContactOn, next_step = :nextStep, notes = :notes,
			  revision = revision + 1
			where id = :id and revision = :revision
			""";

	private static final String NEXT_ID = """
			select 'p-' || (coalesce(max(cast(substring(id, 3) as int)), 1000) + 1) from partnership
			""";

	private final JdbcClient jdbc;

	PartnershipStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Makes the table, and fills it when it is new.
	 * @param first what a new database holds
	 */
	void prepare(Supplier<List<Partnership>> first) {
		this.jdbc.sql(SCHEMA).update();
		if (this.jdbc.sql("select count(*) from partnership").query(Long.class).single() == 0) {
			first.get().forEach(this::insert);
		}
	}

	/**
	 * Partnerships that match, by name.
	 * @param query what is asked; empty texts ask for nothing
	 * @return all that match
	 */
	List<Partnership> find(PartnershipQuery query) {
		return this.jdbc.sql(FIND)
			.param("q", query.q().strip().toLowerCase(Locale.ROOT))
			.param("status", query.status())
			.param("owner", query.owner())
			.param("organization", query.organization())
			.query(PartnershipStore::read)
			.list();
	}

	Optional<Partnership> find(String id) {
		return this.jdbc.sql(GET).param("id", id).query(PartnershipStore::read).optional();
	}

	Partnership get(String id) {
		return find(id).orElseThrow(() -> new PartnershipNotFoundException(id));
	}

	/**
	 * Saves a change.
	 * @param revision revision the change was made on
	 * @return the saved partnership; {@link StalePartnershipException} when there is a
	 * newer revision
	 */
	Partnership update(String id, long revision, PartnershipChange change) {
		get(id);
		int rows = this.jdbc.sql(UPDATE)
			.param("id", id)
			.param("revision", revision)
			.param("name", Objects.requireNonNull(change.name()).strip())
			.param("ownerId", change.ownerId())
			.param("type", change.type())
			.param("status", change.status())
			.param("tier", change.tier())
			.param("annualTarget", change.annualTarget())
			.param("lastContactOn", change.lastContactOn())
			.param("nextStep", change.nextStep())
			.param("notes", change.notes())
			.update();
		Partnership current = get(id);
		if (rows == 0) {
			throw new StalePartnershipException(current);
		}
		return current;
	}

	// One at a time, so that no two get the same number.
	synchronized Partnership add(java.util.function.Function<String, Partnership> create) {
		Partnership created = create.apply(this.jdbc.sql(NEXT_ID).query(String.class).single());
		insert(created);
		return created;
	}

	private void insert(Partnership partnership) {
		this.jdbc.sql(INSERT)
			.param("id", partnership.id())
			.param("name", partnership.name())
			.param("organizationId", partnership.organizationId())
			.param("organizationName", partnership.organizationName())
			.param("ownerId", partnership.ownerId())
			.param("type", partnership.type())
			.param("status", partnership.status())
			.param("tier", partnership.tier())
			.param("industries", String.join(";", partnership.industries()))
			.param("regions", String.join(";", partnership.regions()))
			.param("annualTarget", partnership.annualTarget())
			.param("currency", partnership.currency())
			.param("startedOn", partnership.startedOn())
			.param("lastContactOn", partnership.lastContactOn())
			.param("nextStep", partnership.nextStep())
			.param("notes", partnership.notes())
			.param("revision", partnership.revision())
			.update();
	}

	private static Partnership read(ResultSet row, int number) throws SQLException {
		return new Partnership(row.getString("id"), row.getString("name"), row.getString("organization_id"),
				row.getString("organization_name"), row.getString("owner_id"), row.getString("type"),
				row.getString("status"), row.getString("tier"), list(row.getString("industries")),
				list(row.getString("regions")), row.getLong("annual_target"), row.getString("currency"),
				row.getDate("started_on").toLocalDate(), row.getDate("last_contact_on").toLocalDate(),
				row.getString("next_step"), row.getString("notes"), row.getLong("revision"));
	}

	private static List<String> list(String text) {
		return text.isEmpty() ? List.of() : List.of(text.split(";"));
	}

}

package dev.pergola.samples.deals;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import javax.sql.DataSource;

/**
 * Deals in the service's own database.
 */
class DealStore {

	private static final String SCHEMA = """
			create table if not exists deal (
			  id varchar(32) primary key, title varchar(120) not null, customer varchar(120) not null,
			  partnership_id varchar(32) not null, organization_id varchar(64) not null,
			  partner_name varchar(120) not null, owner_id varchar(64) not null, stage varchar(16) not null,
			  amount bigint not null, currency char(3) not null, probability int not null,
			  industry varchar(64) not null, region varchar(64) not null, closes_on date not null,
			  updated_on date not null, revision bigint not null)
			""";

	private static final String RISK = "alter table deal add column if not exists at_risk boolean default false not null";

	private static final String COLUMNS = """
			id, title, customer, partnership_id, organization_id, partner_name, owner_id, stage, amount, currency,
			probability, industry, region, closes_on, updated_on, revision, at_risk
			""";

	private static final String FIND = "select " + COLUMNS
			+ """
					from deal
					where (?1 = '' or locate(?1, lower(title || ' ' || customer || ' ' || partner_name || ' ' || industry || ' ' || region)) > 0)
					  and (?2 = '' or partnership_id = ?2) and (?3 = '' or stage = ?3) and (?4 = '' or owner_id = ?4)
					  and (?5 = false or stage not in ('won', 'lost')) and closes_on <= ?6
					order by closes_on, id
					""";

	private static final String GET = "select " + COLUMNS + " from deal where id = ?";

	private static final String INSERT = "insert into deal (" + COLUMNS
			+ ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

	private static final String MOVE = """
			update deal set stage = ?, probability = ?, updated_on = ?, revision = revision + 1
			where id = ? and revision = ?
			""";

	private static final String NOTE_RISK = """
			update deal set at_risk = true, updated_on = ?, revision = revision + 1
			where id = ? and at_risk = false
			""";

	private final DataSource dataSource;

	DealStore(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Makes the table, and fills it when it is new.
	 * @param first what a new database holds
	 */
	void prepare(Supplier<List<Deal>> first) {
		execute(SCHEMA, PreparedStatement::executeUpdate);
		execute(RISK, PreparedStatement::executeUpdate);
		if (find(DealQuery.ALL).isEmpty()) {
			first.get().forEach(this::insert);
		}
	}

	/**
	 * Deals that match, by day of closing.
	 * @param query what is asked
	 * @return all that match
	 */
	List<Deal> find(DealQuery query) {
		return execute(FIND, (statement) -> {
			statement.setString(1, query.q().toLowerCase(Locale.ROOT));
			statement.setString(2, query.partnership());
			statement.setString(3, query.stage());
			statement.setString(4, query.owner());
			statement.setBoolean(5, query.openOnly());
			statement.setObject(6, query.until());
			return read(statement);
		});
	}

	Deal get(String id) {
		List<Deal> found = execute(GET, (statement) -> {
			statement.setString(1, id);
			return read(statement);
		});
		if (found.isEmpty()) {
			throw Problem.notFound("There is no deal " + id + ".");
		}
		return found.getFirst();
	}

	/**
	 * Moves a deal to another stage.
	 * @param revision revision the person saw
	 * @return the deal as it is now; a {@link Problem} with status 412 when there is a
	 * newer revision
	 */
	Deal move(String id, long revision, String stage) {
		get(id);
		int rows = execute(MOVE, (statement) -> {
			statement.setString(1, stage);
			statement.setInt(2, Deal.probabilityOf(stage));
			statement.setObject(3, LocalDate.now(ZoneId.systemDefault()));
			statement.setString(4, id);
			statement.setLong(5, revision);
			return statement.executeUpdate();
		});
		Deal current = get(id);
		if (rows == 0) {
			throw Problem.stale(current);
		}
		return current;
	}

	/**
	 * Notes that a deal may be lost.
	 * @return whether that was not noted before
	 */
	boolean noteRisk(String id) {
		return execute(NOTE_RISK, (statement) -> {
			statement.setObject(1, LocalDate.now(ZoneId.systemDefault()));
			statement.setString(2, id);
			return statement.executeUpdate();
		}) > 0;
	}

	private void insert(Deal deal) {
		execute(INSERT, (statement) -> {
			Object[] values = { deal.id(), deal.title(), deal.customer(), deal.partnershipId(), deal.organizationId(),
					deal.partnerName(), deal.ownerId(), deal.stage(), deal.amount(), deal.currency(),
					deal.probability(), deal.industry(), deal.region(), deal.closesOn(), deal.updatedOn(),
					deal.revision(), deal.atRisk() };
			for (int i = 0; i < values.length; i++) {
				statement.setObject(i + 1, values[i]);
			}
			return statement.executeUpdate();
		});
	}

	private static List<Deal> read(PreparedStatement statement) throws SQLException {
		List<Deal> deals = new ArrayList<>();
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				deals.add(new Deal(row.getString("id"), row.getString("title"), row.getString("customer"),
						row.getString("partnership_id"), row.getString("organization_id"),
						row.getString("partner_name"), row.getString("owner_id"), row.getString("stage"),
						row.getLong("amount"), row.getString("currency"), row.getInt("probability"),
						row.getString("industry"), row.getString("region"), row.getObject("closes_on", LocalDate.class),
						row.getObject("updated_on", LocalDate.class), row.getLong("revision"),
						row.getBoolean("at_risk")));
			}
		}
		return deals;
	}

	private <T> T execute(String sql, Use<T> use) {
		try (Connection connection = this.dataSource.getConnection();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			return use.with(statement);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface Use<T> {

		T with(PreparedStatement statement) throws SQLException;

	}

}

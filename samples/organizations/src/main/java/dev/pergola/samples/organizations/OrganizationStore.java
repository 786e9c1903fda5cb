package dev.pergola.samples.organizations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import javax.sql.DataSource;

/**
 * Organizations in the application's own database.
 */
class OrganizationStore {

	private static final String SCHEMA = """
			create table if not exists organization (
			  id varchar(64) primary key, name varchar(120) not null, industry varchar(64) not null,
			  region varchar(64) not null, city varchar(80) not null, country varchar(80) not null,
			  employees int not null, website varchar(255) not null, email varchar(255) not null,
			  status varchar(16) not null, about varchar(1000) not null, revision bigint not null)
			""";

	private static final String COLUMNS = """
			id, name, industry, region, city, country, employees, website, email, status, about, revision
			""";

	private static final String FIND = "select " + COLUMNS + """
			from organization
			where (?1 = '' or locate(?1, lower(name || ' ' || city || ' ' || country || ' ' || region)) > 0)
			  and (?2 = '' or industry = ?2)
			order by name
			""";

	private static final String GET = "select " + COLUMNS + " from organization where id = ?";

	private static final String INSERT = "insert into organization (" + COLUMNS
			+ ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

	private static final String UPDATE = """
			update organization set name = ?, city = ?, employees = ?, email = ?, status = ?, about = ?, revision = ?
			where id = ? and revision = ?
			""";

	private final DataSource dataSource;

	OrganizationStore(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Makes the table, and fills it when it is new.
	 * @param first what a new database holds
	 */
	void prepare(Supplier<List<Organization>> first) {
		execute(SCHEMA, PreparedStatement::executeUpdate);
		if (find("", "").isEmpty()) {
			first.get().forEach(this::insert);
		}
	}

	/**
	 * Organizations that match, by name.
	 * @param q words in name, city, country or region; empty for all
	 * @param industry empty for all
	 * @return all that match
	 */
	List<Organization> find(String q, String industry) {
		return execute(FIND, (statement) -> {
			statement.setString(1, q.strip().toLowerCase(Locale.ROOT));
			statement.setString(2, industry);
			return read(statement);
		});
	}

	Optional<Organization> find(String id) {
		return execute(GET, (statement) -> {
			statement.setString(1, id);
			return read(statement).stream().findFirst();
		});
	}

	/**
	 * Saves an organization.
	 * @param next carries the revision after the one it was made on
	 * @return whether it was saved; not when somebody was faster
	 */
	boolean update(Organization next) {
		return execute(UPDATE, (statement) -> {
			Object[] values = { next.name(), next.city(), next.employees(), next.email(), next.status(), next.about(),
					next.revision(), next.id(), next.revision() - 1 };
			return set(statement, values).executeUpdate() == 1;
		});
	}

	private void insert(Organization one) {
		execute(INSERT, (statement) -> {
			Object[] values = { one.id(), one.name(), one.industry(), one.region(), one.city(), one.country(),
					one.employees(), one.website(), one.email(), one.status(), one.about(), one.revision() };
			return set(statement, values).executeUpdate();
		});
	}

	private static PreparedStatement set(PreparedStatement statement, Object... values) throws SQLException {
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
		return statement;
	}

	private static List<Organization> read(PreparedStatement statement) throws SQLException {
		List<Organization> organizations = new ArrayList<>();
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				organizations
					.add(new Organization(row.getString("id"), row.getString("name"), row.getString("industry"),
							row.getString("region"), row.getString("city"), row.getString("country"),
							row.getInt("employees"), row.getString("website"), row.getString("email"),
							row.getString("status"), row.getString("about"), row.getLong("revision")));
			}
		}
		return organizations;
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

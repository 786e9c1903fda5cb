package dev.pergola.registry.database;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The registry's database, its tables up to date. It is a type of its own and not a
 * {@code DataSource} bean, so that in a process of several parts nobody takes it for the
 * common one.
 */
public final class RegistryDatabase implements AutoCloseable {

	/** The key spells pergola in hexadecimal. */
	private static final String QUEUE = "select pg_advisory_xact_lock(%d); ".formatted(0x7065_7267_6f6c_61L);

	private static final String ANNOUNCE = " returning pg_notify('%s', '')".formatted(Announcements.CHANNEL);

	private static final String POSTGRES = "jdbc:postgresql:";

	private final DatabaseProperties properties;

	private final HikariDataSource dataSource;

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final TransactionTemplate reading;

	private RegistryDatabase(DatabaseProperties properties, HikariDataSource dataSource,
			UnaryOperator<DataSource> front) {
		this.properties = properties;
		this.dataSource = dataSource;
		DataSource used = front.apply(dataSource);
		this.template = new JdbcTemplate(used);
		this.jdbc = JdbcClient.create(this.template);
		JdbcTransactionManager manager = new JdbcTransactionManager(used);
		this.transactions = new TransactionTemplate(manager);
		this.reading = new TransactionTemplate(manager);
		this.reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.reading.setReadOnly(true);
	}

	/**
	 * Connects and brings the tables up to date.
	 * @param directory where the H2 file lies when no address is set
	 * @return open database
	 */
	public static RegistryDatabase open(DatabaseProperties properties, Path directory) {
		return open(properties, directory, UnaryOperator.identity());
	}

	/**
	 * As without it, with something between the registry and its pool.
	 * @param front gives what is asked for connections instead of the pool
	 */
	public static RegistryDatabase open(DatabaseProperties properties, Path directory,
			UnaryOperator<DataSource> front) {
		HikariConfig config = new HikariConfig();
		config.setPoolName("pergola-registry");
		config.setJdbcUrl((properties.url() != null) ? properties.url() : h2File(directory));
		config.setUsername(properties.username());
		config.setPassword(properties.password());
		config.setMaximumPoolSize(properties.maxConnections());
		config.setMinimumIdle(1);
		config.setConnectionTimeout(properties.connectionTimeout().toMillis());
		HikariDataSource dataSource = new HikariDataSource(config);
		try {
			Flyway.configure(RegistryDatabase.class.getClassLoader())
				.dataSource(dataSource)
				.locations("classpath:db/migration/registry")
				.table("registry_schema_history")
				.load()
				.migrate();
		}
		catch (RuntimeException ex) {
			dataSource.close();
			throw ex;
		}
		return new RegistryDatabase(properties, dataSource, front);
	}

	/**
	 * A commit is on disk when it returns ({@code WRITE_DELAY}): H2 would otherwise lose
	 * the last half second of acknowledged writes to a killed process. Writers queue for
	 * the revision, hence the long lock timeout.
	 */
	private static String h2File(Path directory) {
		return "jdbc:h2:file:%s;WRITE_DELAY=0;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE"
			.formatted(directory.resolve("registry").toAbsolutePath());
	}

	public JdbcClient jdbc() {
		return this.jdbc;
	}

	/**
	 * Transactions at read committed; nested calls join.
	 * @return template to be shared
	 */
	public TransactionTemplate transactions() {
		return this.transactions;
	}

	/**
	 * Transactions that only read, and on PostgreSQL see one moment; H2 may show rows
	 * that were added meanwhile.
	 * @return template to be shared
	 */
	public TransactionTemplate reading() {
		return this.reading;
	}

	/**
	 * Reads a number that no other transaction can change until the current one ends, and
	 * queues for it. Waiters for a row that changes with every write overtake each other;
	 * waiters for an advisory lock of PostgreSQL do not. Elsewhere there is one node.
	 * Both statements make one round trip.
	 * @param sql selects the number {@code for update}, without parameters
	 */
	public long lock(String sql) {
		return Objects.requireNonNull(
				this.template.execute(isPostgres() ? QUEUE + sql : sql, (PreparedStatementCallback<Long>) this::lock));
	}

	private long lock(PreparedStatement statement) throws SQLException {
		statement.execute();
		if (isPostgres()) {
			statement.getMoreResults();
		}
		try (ResultSet row = statement.getResultSet()) {
			row.next();
			return row.getLong(1);
		}
	}

	/**
	 * Updates one row and tells all nodes when the current transaction is committed,
	 * where the database can.
	 * @param sql an update without {@code returning}
	 * @param parameters by name
	 */
	public void announce(String sql, Map<String, ?> parameters) {
		if (isPostgres()) {
			this.jdbc.sql(sql + ANNOUNCE).params(parameters).query((row) -> {
			});
		}
		else {
			this.jdbc.sql(sql).params(parameters).update();
		}
	}

	/**
	 * Listens to the announcements of all nodes.
	 * @param listener called after writes, on a thread of its own; must not throw
	 * @return empty when the database has none
	 */
	public Optional<Announcements> listen(Runnable listener) {
		if (!isPostgres()) {
			return Optional.empty();
		}
		Announcements announcements = new Announcements(this.properties, this.dataSource.getJdbcUrl(), listener);
		announcements.start();
		return Optional.of(announcements);
	}

	private boolean isPostgres() {
		return this.dataSource.getJdbcUrl().startsWith(POSTGRES);
	}

	@Override
	public void close() {
		this.dataSource.close();
	}

}

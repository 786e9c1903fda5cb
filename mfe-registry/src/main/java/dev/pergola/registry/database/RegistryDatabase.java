package dev.pergola.registry.database;

import java.nio.file.Path;
import java.util.Optional;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.flywaydb.core.Flyway;

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

	/** Spells pergola in hexadecimal. */
	private static final long QUEUE = 0x7065_7267_6f6c_61L;

	private static final String POSTGRES = "jdbc:postgresql:";

	private final DatabaseProperties properties;

	private final HikariDataSource dataSource;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final TransactionTemplate reading;

	private RegistryDatabase(DatabaseProperties properties, HikariDataSource dataSource) {
		this.properties = properties;
		this.dataSource = dataSource;
		this.jdbc = JdbcClient.create(dataSource);
		JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
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
		return new RegistryDatabase(properties, dataSource);
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
	 * Queues the current transaction behind those of other nodes until it ends. Waiters
	 * for a row that changes with every write overtake each other; waiters for an
	 * advisory lock of PostgreSQL do not. Elsewhere there is one node.
	 */
	public void queue() {
		if (isPostgres()) {
			this.jdbc.sql("select pg_advisory_xact_lock(:key)").param("key", QUEUE).query((row) -> {
			});
		}
	}

	/**
	 * Tells all nodes of a write when the current transaction is committed, where the
	 * database can.
	 * @param revision the write
	 */
	public void announce(long revision) {
		if (isPostgres()) {
			this.jdbc.sql("select pg_notify(:channel, :revision)")
				.param("channel", Announcements.CHANNEL)
				.param("revision", Long.toString(revision))
				.query((row) -> {
				});
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

package dev.pergola.registry.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears at once what any node writes, by PostgreSQL's {@code LISTEN} on a connection of
 * its own. An announcement may be lost with a connection, so a new connection counts as
 * one, and whoever listens looks regularly all the same.
 */
public final class Announcements implements AutoCloseable {

	private static final Logger LOGGER = LoggerFactory.getLogger(Announcements.class);

	static final String CHANNEL = "pergola_registry";

	/** How long a connection that died without a word may go unnoticed. */
	private static final Duration CHECK = Duration.ofSeconds(10);

	private static final Duration MIN_BACKOFF = Duration.ofMillis(100);

	private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

	private final String url;

	private final Properties login = new Properties();

	private final Runnable listener;

	private volatile @Nullable Thread thread;

	private Duration backoff = MIN_BACKOFF;

	private boolean failing;

	Announcements(DatabaseProperties properties, String url, Runnable listener) {
		this.url = url;
		this.listener = listener;
		set("user", properties.username());
		set("password", properties.password());
		set("ApplicationName", "pergola-registry-listen");
		set("connectTimeout", "10");
	}

	/**
	 * Starts to listen; the first connection is made later if it cannot be made now. The
	 * driver's blocking read parks a virtual thread and is ended by its interruption.
	 */
	void start() {
		Thread fresh = Thread.ofVirtual().name("registry-listen").unstarted(this::run);
		this.thread = fresh;
		fresh.start();
	}

	@Override
	public void close() {
		Thread running = this.thread;
		this.thread = null;
		if (running != null) {
			running.interrupt();
		}
	}

	private void run() {
		while (this.thread == Thread.currentThread()) {
			try (Connection connection = DriverManager.getConnection(this.url, this.login)) {
				listen(connection);
			}
			catch (SQLException ex) {
				lost(ex);
			}
		}
	}

	private void listen(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("listen " + CHANNEL);
		}
		if (this.failing) {
			LOGGER.info("hears announcements of writes again");
		}
		this.failing = false;
		this.backoff = MIN_BACKOFF;
		this.listener.run();
		PGConnection postgres = connection.unwrap(PGConnection.class);
		while (this.thread == Thread.currentThread()) {
			if (postgres.getNotifications(Math.toIntExact(CHECK.toMillis())).length > 0) {
				this.listener.run();
			}
			else if (!connection.isValid(Math.toIntExact(CHECK.toSeconds()))) {
				throw new SQLException("connection does not answer any more");
			}
		}
	}

	private void lost(SQLException failure) {
		if (this.thread != Thread.currentThread()) {
			return;
		}
		if (!this.failing) {
			LOGGER.warn("cannot hear announcements of writes, regular looks go on: {}", failure.getMessage());
		}
		this.failing = true;
		try {
			Thread.sleep(this.backoff);
			Duration next = this.backoff.multipliedBy(2);
			this.backoff = (next.compareTo(MAX_BACKOFF) < 0) ? next : MAX_BACKOFF;
		}
		catch (InterruptedException ex) {
			this.thread = null;
		}
	}

	private void set(String name, @Nullable String value) {
		if (value != null) {
			this.login.setProperty(name, value);
		}
	}

}

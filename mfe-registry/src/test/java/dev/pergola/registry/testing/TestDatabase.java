package dev.pergola.registry.testing;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import dev.pergola.registry.database.DatabaseProperties;
import dev.pergola.registry.database.RegistryDatabase;

/**
 * Kinds of databases, for tests that need no more of a registry than its tables.
 */
public enum TestDatabase {

	H2, POSTGRES;

	private static final AtomicInteger NAMES = new AtomicInteger();

	/**
	 * Opens an empty one.
	 * @param folder where that of H2 lies
	 * @param front stands before the pool
	 */
	public RegistryDatabase open(Path folder, UnaryOperator<DataSource> front) {
		try {
			String url = (this == H2) ? null : PostgresServer.newDatabase("parts_" + NAMES.incrementAndGet());
			String username = (this == H2) ? null : "postgres";
			return RegistryDatabase.open(new DatabaseProperties(url, username, null, 5, Duration.ofSeconds(10)), folder,
					front);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

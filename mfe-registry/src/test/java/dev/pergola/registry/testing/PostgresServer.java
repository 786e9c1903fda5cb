package dev.pergola.registry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The PostgreSQL of all tests of this process: started on first use, stopped with it.
 */
public final class PostgresServer {

	private static final EmbeddedPostgres INSTANCE = start();

	private PostgresServer() {
	}

	/** JDBC address of a database, for the user {@code postgres}. */
	public static String url(String database) {
		return INSTANCE.getJdbcUrl("postgres", database);
	}

	/** Makes an empty database for one test alone. */
	public static String newDatabase(String name) throws SQLException {
		try (Connection connection = INSTANCE.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		return url(name);
	}

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("PostgreSQL does not start; as root it needs unshare(1) and user namespaces",
					ex);
		}
	}

}

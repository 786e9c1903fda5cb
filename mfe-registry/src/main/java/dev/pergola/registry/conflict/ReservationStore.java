package dev.pergola.registry.conflict;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

import dev.pergola.registry.conflict.Reservation.Kind;
import dev.pergola.registry.database.RegistryDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reserved names in the registry's database. Writes run in the transaction of the caller.
 */
public final class ReservationStore {

	private static final String SELECT = "select team, kind, prefix from team_reservation ";

	private static final String INSERT = """
			insert into team_reservation (team, kind, prefix) values (:team, :kind, :prefix)
			""";

	private final JdbcClient jdbc;

	public ReservationStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/** All reserved names, as the current transaction sees them. */
	public Reservations load() {
		return new Reservations(
				this.jdbc.sql(SELECT + "order by kind, prefix").query(ReservationStore::reservation).list());
	}

	/** Those of a team, by kind and prefix. */
	public List<Reservation> of(String team) {
		return this.jdbc.sql(SELECT + "where team = :team order by kind, prefix")
			.param("team", team)
			.query(ReservationStore::reservation)
			.list();
	}

	/** Replaces those of a team. */
	public void replace(String team, List<Reservation> reservations) {
		this.jdbc.sql("delete from team_reservation where team = :team").param("team", team).update();
		for (Reservation reservation : reservations) {
			this.jdbc.sql(INSERT)
				.param("team", team)
				.param("kind", reservation.kind().text())
				.param("prefix", reservation.prefix())
				.update();
		}
	}

	private static Reservation reservation(ResultSet row, int number) throws SQLException {
		return new Reservation(row.getString("team"), Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
				row.getString("prefix"));
	}

}

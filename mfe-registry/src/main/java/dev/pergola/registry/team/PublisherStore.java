package dev.pergola.registry.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.registry.database.RegistryDatabase;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Publishers of teams in the registry's database. Writes run in the transaction of the
 * caller.
 */
public final class PublisherStore {

	private static final String SELECT = """
			select id, team, name, issuer, audience, subject, claims, created_at, created_by
			from team_publisher
			""";

	private static final String INSERT = """
			insert into team_publisher (id, team, name, issuer, audience, subject, claims, created_at, created_by)
			values (:id, :team, :name, :issuer, :audience, :subject, :claims, :createdAt, :createdBy)
			""";

	private static final String DELETE = "delete from team_publisher where team = :team and id = :id";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final JdbcClient jdbc;

	public PublisherStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/** Publishers of an issuer, of all teams. */
	public List<TeamPublisher> ofIssuer(String issuer) {
		return this.jdbc.sql(SELECT + "where issuer = :issuer order by team, created_at, id")
			.param("issuer", issuer)
			.query(PublisherStore::publisher)
			.list();
	}

	/** Publishers of a team, oldest first. */
	public List<TeamPublisher> of(String team) {
		return this.jdbc.sql(SELECT + "where team = :team order by created_at, id")
			.param("team", team)
			.query(PublisherStore::publisher)
			.list();
	}

	Optional<TeamPublisher> find(String team, String id) {
		return this.jdbc.sql(SELECT + "where team = :team and id = :id")
			.param("team", team)
			.param("id", id)
			.query(PublisherStore::publisher)
			.optional();
	}

	void add(TeamPublisher publisher) {
		this.jdbc.sql(INSERT)
			.param("id", publisher.id())
			.param("team", publisher.team())
			.param("name", publisher.name())
			.param("issuer", publisher.issuer())
			.param("audience", publisher.audience())
			.param("subject", publisher.subject())
			.param("claims", JSON.writeValueAsString(publisher.claims()))
			.param("createdAt", publisher.createdAt().atOffset(ZoneOffset.UTC))
			.param("createdBy", publisher.createdBy())
			.update();
	}

	void remove(String team, String id) {
		this.jdbc.sql(DELETE).param("team", team).param("id", id).update();
	}

	private static TeamPublisher publisher(ResultSet row, int number) throws SQLException {
		return new TeamPublisher(row.getString("id"), row.getString("team"), row.getString("name"),
				row.getString("issuer"), row.getString("audience"), row.getString("subject"),
				JSON.readValue(row.getString("claims"), new TypeReference<Map<String, String>>() {
				}), row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getString("created_by"));
	}

}

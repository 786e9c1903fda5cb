package dev.pergola.registry.team;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import dev.pergola.registry.database.RegistryDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Team tokens in the registry's database, by their hash. Writes run in the transaction of
 * the caller.
 */
public final class TokenStore {

	private static final String SELECT = """
			select id, team, name, created_at, created_by, expires_at, revoked_at
			from team_token
			""";

	private static final String INSERT = """
			insert into team_token (id, team, name, token_hash, created_at, created_by, expires_at)
			values (:id, :team, :name, :hash, :createdAt, :createdBy, :expiresAt)
			""";

	private static final String REVOKE = """
			update team_token set revoked_at = :at, revoked_by = :by
			where team = :team and id = :id and revoked_at is null
			""";

	private final JdbcClient jdbc;

	public TokenStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/**
	 * The token a secret belongs to.
	 * @param secret any text
	 * @return also when it is revoked or over
	 */
	public Optional<TeamToken> findBySecret(String secret) {
		return this.jdbc.sql(SELECT + "where token_hash = :hash")
			.param("hash", TokenSecret.hash(secret))
			.query(TokenStore::token)
			.optional();
	}

	Optional<TeamToken> find(String team, String id) {
		return this.jdbc.sql(SELECT + "where team = :team and id = :id")
			.param("team", team)
			.param("id", id)
			.query(TokenStore::token)
			.optional();
	}

	/** Tokens of a team, newest first. */
	List<TeamToken> of(String team) {
		return this.jdbc.sql(SELECT + "where team = :team order by created_at desc, id")
			.param("team", team)
			.query(TokenStore::token)
			.list();
	}

	void add(TeamToken token, String secret) {
		this.jdbc.sql(INSERT)
			.param("id", token.id())
			.param("team", token.team())
			.param("name", token.name())
			.param("hash", TokenSecret.hash(secret))
			.param("createdAt", token.createdAt().atOffset(ZoneOffset.UTC))
			.param("createdBy", token.createdBy())
			.param("expiresAt", token.expiresAt().atOffset(ZoneOffset.UTC))
			.update();
	}

	void revoke(String team, String id, String by, Instant at) {
		this.jdbc.sql(REVOKE)
			.param("at", at.atOffset(ZoneOffset.UTC))
			.param("by", by)
			.param("team", team)
			.param("id", id)
			.update();
	}

	private static TeamToken token(ResultSet row, int number) throws SQLException {
		OffsetDateTime revokedAt = row.getObject("revoked_at", OffsetDateTime.class);
		return new TeamToken(row.getString("id"), row.getString("team"), row.getString("name"),
				row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getString("created_by"),
				row.getObject("expires_at", OffsetDateTime.class).toInstant(),
				(revokedAt != null) ? revokedAt.toInstant() : null);
	}

}

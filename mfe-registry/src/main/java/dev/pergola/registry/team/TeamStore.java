package dev.pergola.registry.team;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.team.Team.Member;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Teams in the registry's database. Writes run in the transaction of the caller.
 */
public final class TeamStore {

	private static final String NAMES = "select name from team union select team from team_token";

	private static final String SELECT = "select name, contact, revision from team where name = :team";

	private static final String HOSTS = "select team, host from team_host order by team, place";

	private static final String MEMBERS = """
			select subject, added_at, added_by from team_member where team = :team order by subject
			""";

	private static final String TEAMS_OF = "select team from team_member where subject = :subject";

	private static final String UPDATE = """
			update team set contact = :contact, revision = :revision where name = :team
			""";

	private static final String TOUCH = "update team set revision = :revision where name = :team";

	private static final String INSERT = """
			insert into team (name, revision, created_at) values (:team, :revision, :at)
			""";

	private static final String ADD_HOST = "insert into team_host (team, place, host) values (:team, :place, :host)";

	private static final String ADD_MEMBER = """
			insert into team_member (team, subject, added_at, added_by) values (:team, :subject, :at, :by)
			""";

	private static final String REMOVE_MEMBER = "delete from team_member where team = :team and subject = :subject";

	private final JdbcClient jdbc;

	public TeamStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/** Names of teams that have a row or a token, in order. */
	public Set<String> names() {
		return new TreeSet<>(this.jdbc.sql(NAMES).query(String.class).list());
	}

	/**
	 * A team.
	 * @param name any name
	 * @return at revision 0 when the database knows nothing of it
	 */
	public Team get(String name) {
		List<String> hosts = hosts().getOrDefault(name, List.of());
		return this.jdbc.sql(SELECT)
			.param("team", name)
			.query((row, number) -> new Team(name, row.getString("contact"), hosts, members(name),
					row.getLong("revision")))
			.optional()
			.orElse(new Team(name, null, List.of(), List.of(), 0));
	}

	/** Teams a person was made a member of. */
	public Set<String> of(String subject) {
		return Set.copyOf(this.jdbc.sql(TEAMS_OF).param("subject", subject).query(String.class).list());
	}

	/** Hosts by team, without those of the settings. */
	Map<String, List<String>> hosts() {
		Map<String, List<String>> hosts = new LinkedHashMap<>();
		this.jdbc.sql(HOSTS).query((row) -> {
			hosts.computeIfAbsent(row.getString("team"), (team) -> new ArrayList<>()).add(row.getString("host"));
		});
		return hosts;
	}

	/**
	 * Writes contact and hosts.
	 * @param at time of the write
	 */
	public void put(String team, @Nullable String contact, List<String> hosts, long revision, Instant at) {
		touch(team, revision, at);
		this.jdbc.sql(UPDATE).param("contact", contact).param("revision", revision).param("team", team).update();
		this.jdbc.sql("delete from team_host where team = :team").param("team", team).update();
		for (int place = 0; place < hosts.size(); place++) {
			this.jdbc.sql(ADD_HOST).param("team", team).param("place", place).param("host", hosts.get(place)).update();
		}
	}

	/** Notes that a write changed the team, whose row is made if there is none. */
	public void touch(String team, long revision, Instant at) {
		if (this.jdbc.sql(TOUCH).param("revision", revision).param("team", team).update() == 0) {
			this.jdbc.sql(INSERT)
				.param("team", team)
				.param("revision", revision)
				.param("at", at.atOffset(ZoneOffset.UTC))
				.update();
		}
	}

	void addMember(String team, Member member) {
		this.jdbc.sql(ADD_MEMBER)
			.param("team", team)
			.param("subject", member.subject())
			.param("at", member.addedAt().atOffset(ZoneOffset.UTC))
			.param("by", member.addedBy())
			.update();
	}

	void removeMember(String team, String subject) {
		this.jdbc.sql(REMOVE_MEMBER).param("team", team).param("subject", subject).update();
	}

	private List<Member> members(String team) {
		return this.jdbc.sql(MEMBERS)
			.param("team", team)
			.query((row, number) -> new Member(row.getString("subject"),
					row.getObject("added_at", OffsetDateTime.class).toInstant(), row.getString("added_by")))
			.list();
	}

}

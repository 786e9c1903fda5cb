package dev.pergola.registry.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.rollout.ChannelStore;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The history in the registry's database: rows are added, never changed. What a write
 * touched is what carries its revision, so no write can forget to say it.
 */
public final class HistoryStore {

	/** What carries a revision that the history has not: of this write, or of all. */
	private static final String INSERT = """
			insert into module_history (module, revision, team, enabled, reason, disabled_by_administrator, channels)
			select m.name, m.revision, m.team, m.enabled, m.reason, m.disabled_by_administrator,
				coalesce(known.channels, '{}')
			from module m
			left join unnest(cast(:modules as varchar array), cast(:channels as varchar array))
				as known (name, channels) on known.name = m.name
			where m.revision >= :from and not exists (
				select 1 from module_history h where h.module = m.name and h.revision = m.revision);
			insert into navigation_history (revision, overlay)
			select revision, overlay from navigation_overlay o
			where not exists (select 1 from navigation_history h where h.revision = o.revision)
			""";

	private static final String SELECT_AT = """
			select h.module as name, h.team, h.enabled, h.reason, h.disabled_by_administrator, h.revision, h.channels
			from module_history h
			join (select module, max(revision) as revision from module_history where revision <= :revision
				group by module) newest
				on newest.module = h.module and newest.revision = h.revision
			where cast(:module as varchar) is null or h.module = :module
			""";

	private static final String SELECT_NAVIGATION_AT = """
			select overlay from navigation_history where revision <= :revision
			order by revision desc fetch first 1 rows only
			""";

	private static final String SELECT_TOUCHED = """
			select distinct module from module_history where revision > :after and revision <= :revision
			""";

	/** Who acts for a team, and drafts, are no part of the catalog. */
	private static final String SELECT_MORE = """
			select exists (select 1 from navigation_history where revision > :after and revision <= :revision)
					as navigation,
				exists (select 1 from audit_entry a
					where a.revision > :after and a.revision <= :revision
						and a.action not like 'token.%' and a.action not like 'member.%'
						and a.action not like 'publisher.%' and a.action not like 'names.%'
						and a.action not like 'navigation-draft.%'
						and not exists (select 1 from module_history h where h.revision = a.revision)
						and not exists (select 1 from navigation_history h where h.revision = a.revision))
					as more
			""";

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final TypeReference<TreeMap<String, Channel>> CHANNELS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final ChannelStore channels;

	/**
	 * Makes the history part of every write of the journal, and takes down what is there
	 * already.
	 */
	public HistoryStore(RegistryDatabase database, Journal journal, ChannelStore channels) {
		this.jdbc = database.jdbc();
		this.channels = channels;
		journal.inEveryWrite(this::keep);
		journal.exclusively(() -> keep(0));
	}

	/**
	 * First revision that can be looked at.
	 * @return 0 unless the registry is older than its history
	 */
	public long start() {
		return this.jdbc.sql("select revision from history_start where id = 1").query(Long.class).single();
	}

	/**
	 * All modules as they were.
	 * @param revision newest write that counts
	 * @return by name; modules that came later are missing
	 */
	public Map<String, ModuleState> modulesAt(long revision) {
		Map<String, ModuleState> states = new TreeMap<>();
		this.jdbc.sql(SELECT_AT)
			.param("revision", revision)
			.param("module", null)
			.query(HistoryStore::state)
			.list()
			.forEach((state) -> states.put(state.name(), state));
		return states;
	}

	/**
	 * One module as it was.
	 * @return empty when it came later
	 */
	public Optional<ModuleState> moduleAt(String module, long revision) {
		return this.jdbc.sql(SELECT_AT)
			.param("revision", revision)
			.param("module", module)
			.query(HistoryStore::state)
			.optional();
	}

	/**
	 * The overlay as it was.
	 * @return without content before the first
	 */
	public Navigation navigationAt(long revision) {
		return this.jdbc.sql(SELECT_NAVIGATION_AT)
			.param("revision", revision)
			.query(String.class)
			.optional()
			.map((overlay) -> JSON.readValue(overlay, Navigation.class))
			.orElse(Navigation.NONE);
	}

	/**
	 * What the writes after one revision and up to another touched.
	 * @param after revision that is known
	 * @param revision last one that counts
	 */
	public Touched touched(long after, long revision) {
		Set<String> modules = this.jdbc.sql(SELECT_TOUCHED)
			.param("after", after)
			.param("revision", revision)
			.query((row, number) -> row.getString("module"))
			.set();
		return this.jdbc.sql(SELECT_MORE)
			.param("after", after)
			.param("revision", revision)
			.query((row, number) -> new Touched(modules, row.getBoolean("navigation"), row.getBoolean("more")))
			.single();
	}

	private void keep(long from) {
		Map<String, Map<String, Channel>> known = this.channels.touched(from);
		this.jdbc.sql(INSERT)
			.param("from", from)
			.param("modules", new SqlArrayValue("varchar", known.keySet().toArray()))
			.param("channels",
					new SqlArrayValue("varchar", known.values().stream().map(JSON::writeValueAsString).toArray()))
			.update();
	}

	private static ModuleState state(ResultSet row, int number) throws SQLException {
		return new ModuleState(module(row, number), JSON.readValue(row.getString("channels"), CHANNELS));
	}

	private static Module module(ResultSet row, int number) throws SQLException {
		return new Module(row.getString("name"), row.getString("team"), row.getBoolean("enabled"),
				row.getString("reason"), row.getBoolean("disabled_by_administrator"), row.getLong("revision"));
	}

}

package dev.pergola.registry.rollout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.manifests.catalog.RuleKind;
import dev.pergola.registry.database.RegistryDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Channels in the registry's database. Writes run in the transaction of the caller.
 */
public final class ChannelStore {

	/** Shares of a channel, then its overrides, each in their order. */
	private static final String SELECT = """
			select module, channel, place, version, share, cast(null as varchar(8)) as kind,
				cast(null as varchar(255)) as name, cast(null as varchar(32)) as target
			from channel_share where %1$s
			union all
			select module, channel, place, version, cast(null as numeric(5, 2)), kind, name, target
			from channel_override where %1$s
			order by module, channel, place
			""";

	private static final String SELECT_ALL = SELECT.formatted("1 = 1");

	private static final String SELECT_OF = SELECT.formatted("module = any(:modules)");

	private static final String SELECT_TOUCHED = SELECT
		.formatted("module in (select m.name from module m where m.revision >= :from)");

	private static final String INSERT_SHARE = """
			insert into channel_share (module, channel, place, version, share)
			values (:module, :channel, :place, :version, :share)
			""";

	private static final String INSERT_OVERRIDE = """
			insert into channel_override (module, channel, place, kind, name, version, target)
			values (:module, :channel, :place, :kind, :name, :version, :target)
			""";

	private static final String DELETE_SHARES = """
			delete from channel_share where module = :module and channel = :channel
			""";

	private static final String DELETE_OVERRIDES = """
			delete from channel_override where module = :module and channel = :channel
			""";

	private final JdbcClient jdbc;

	public ChannelStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/**
	 * All channels of all modules.
	 * @return by module, then by name; modules without a channel are missing
	 */
	public Map<String, Map<String, Channel>> all() {
		return channels(this.jdbc.sql(SELECT_ALL));
	}

	/** As {@link #all}, of some modules. */
	public Map<String, Map<String, Channel>> of(Collection<String> modules) {
		return channels(this.jdbc.sql(SELECT_OF).param("modules", new SqlArrayValue("varchar", modules.toArray())));
	}

	/**
	 * Channels of a module.
	 * @return by name
	 */
	public Map<String, Channel> of(String module) {
		return of(List.of(module)).getOrDefault(module, Map.of());
	}

	/**
	 * As {@link #all}, of the modules that a write touched last.
	 * @param from first write that counts
	 */
	public Map<String, Map<String, Channel>> touched(long from) {
		return channels(this.jdbc.sql(SELECT_TOUCHED).param("from", from));
	}

	/** Points a channel somewhere else. */
	public void replace(String module, String name, Channel channel) {
		this.jdbc.sql(DELETE_SHARES).param("module", module).param("channel", name).update();
		this.jdbc.sql(DELETE_OVERRIDES).param("module", module).param("channel", name).update();
		for (int place = 0; place < channel.segments().size(); place++) {
			RolloutShare share = channel.segments().get(place);
			this.jdbc.sql(INSERT_SHARE)
				.param("module", module)
				.param("channel", name)
				.param("place", place)
				.param("version", share.version())
				.param("share", share.share())
				.update();
		}
		for (int place = 0; place < channel.overrides().size(); place++) {
			RolloutOverride override = channel.overrides().get(place);
			this.jdbc.sql(INSERT_OVERRIDE)
				.param("module", module)
				.param("channel", name)
				.param("place", place)
				.param("kind", override.kind().text())
				.param("name", override.name())
				.param("version", override.version())
				.param("target", override.channel())
				.update();
		}
	}

	private static Map<String, Map<String, Channel>> channels(JdbcClient.StatementSpec select) {
		Map<String, Map<String, List<RolloutShare>>> segments = new TreeMap<>();
		Map<String, Map<String, List<RolloutOverride>>> rules = new TreeMap<>();
		select.query((row) -> {
			String kind = row.getString("kind");
			List<RolloutShare> shares = list(segments, row.getString("module"), row.getString("channel"));
			if (kind == null) {
				shares.add(new RolloutShare(row.getString("version"), row.getBigDecimal("share")));
			}
			else {
				list(rules, row.getString("module"), row.getString("channel")).add(new RolloutOverride(
						RuleKind.of(kind), row.getString("name"), row.getString("version"), row.getString("target")));
			}
		});
		Map<String, Map<String, Channel>> channels = new TreeMap<>();
		segments.forEach((module, byName) -> byName
			.forEach((name, list) -> channels.computeIfAbsent(module, (key) -> new TreeMap<>())
				.put(name, new Channel(list, rules.getOrDefault(module, Map.of()).getOrDefault(name, List.of())))));
		return channels;
	}

	private static <T> List<T> list(Map<String, Map<String, List<T>>> lists, String module, String channel) {
		return lists.computeIfAbsent(module, (key) -> new TreeMap<>())
			.computeIfAbsent(channel, (key) -> new ArrayList<>());
	}

}

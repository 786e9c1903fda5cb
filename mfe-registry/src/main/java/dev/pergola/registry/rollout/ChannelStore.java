package dev.pergola.registry.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.manifests.catalog.RuleKind;
import dev.pergola.registry.database.RegistryDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Channels in the registry's database. Writes run in the transaction of the caller.
 */
public final class ChannelStore {

	private static final String SELECT_SHARES = """
			select module, channel, version, share
			from channel_share
			order by module, channel, place
			""";

	private static final String SELECT_OVERRIDES = """
			select module, channel, kind, name, version, target
			from channel_override
			order by module, channel, place
			""";

	private static final String SELECT_SHARES_OF = """
			select module, channel, version, share
			from channel_share
			where module = :module
			order by channel, place
			""";

	private static final String SELECT_OVERRIDES_OF = """
			select module, channel, kind, name, version, target
			from channel_override
			where module = :module
			order by channel, place
			""";

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
		return channels(this.jdbc.sql(SELECT_SHARES), this.jdbc.sql(SELECT_OVERRIDES));
	}

	/**
	 * Channels of a module.
	 * @return by name
	 */
	public Map<String, Channel> of(String module) {
		return channels(this.jdbc.sql(SELECT_SHARES_OF).param("module", module),
				this.jdbc.sql(SELECT_OVERRIDES_OF).param("module", module))
			.getOrDefault(module, Map.of());
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

	private static Map<String, Map<String, Channel>> channels(JdbcClient.StatementSpec shares,
			JdbcClient.StatementSpec overrides) {
		Map<String, Map<String, List<RolloutShare>>> segments = new TreeMap<>();
		shares.query((row) -> {
			list(segments, row.getString("module"), row.getString("channel"))
				.add(new RolloutShare(row.getString("version"), row.getBigDecimal("share")));
		});
		Map<String, Map<String, List<RolloutOverride>>> rules = new TreeMap<>();
		overrides.query((row) -> {
			list(segments, row.getString("module"), row.getString("channel"));
			list(rules, row.getString("module"), row.getString("channel"))
				.add(new RolloutOverride(RuleKind.of(row.getString("kind")), row.getString("name"),
						row.getString("version"), row.getString("target")));
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

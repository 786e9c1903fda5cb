package dev.pergola.registry.navigation;

import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.database.RegistryDatabase;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The overlay in the registry's database. Writes run in the transaction of the caller.
 */
public final class NavigationStore {

	private static final String SELECT = "select overlay, revision from navigation_overlay where id = 1";

	private static final String UPDATE = """
			update navigation_overlay set overlay = :overlay, revision = :revision where id = 1
			""";

	private static final String INSERT = """
			insert into navigation_overlay (id, overlay, revision) values (1, :overlay, :revision)
			""";

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private final JdbcClient jdbc;

	public NavigationStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/**
	 * The overlay.
	 * @return empty, at revision 0, before the first write
	 */
	public Overlay get() {
		return this.jdbc.sql(SELECT)
			.query((row, number) -> new Overlay(JSON.readValue(row.getString("overlay"), Navigation.class),
					row.getLong("revision")))
			.optional()
			.orElse(new Overlay(Navigation.NONE, 0));
	}

	public void put(Overlay overlay) {
		String json = JSON.writeValueAsString(overlay.navigation());
		if (write(UPDATE, json, overlay.revision()) == 0) {
			write(INSERT, json, overlay.revision());
		}
	}

	private int write(String sql, String json, long revision) {
		return this.jdbc.sql(sql).param("overlay", json).param("revision", revision).update();
	}

	/**
	 * The overlay and the write that made it.
	 */
	public record Overlay(Navigation navigation, long revision) {

	}

}

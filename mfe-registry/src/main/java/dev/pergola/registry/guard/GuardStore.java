package dev.pergola.registry.guard;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.request.JsonBody;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Guards in the registry's database. Writes run in the transaction of the caller.
 */
public final class GuardStore {

	private static final String SELECT = "select module, rules, revision, watch from module_guard ";

	private static final String UPDATE_RULES = """
			update module_guard set rules = :rules, revision = :revision where module = :module
			""";

	private static final String INSERT = """
			insert into module_guard (module, rules, revision, watch) values (:module, :rules, :revision, :watch)
			""";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final JdbcClient jdbc;

	public GuardStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/** All guards, by module. */
	List<Guard> all() {
		return this.jdbc.sql(SELECT + "order by module").query(GuardStore::guard).list();
	}

	Optional<Guard> find(String module) {
		return this.jdbc.sql(SELECT + "where module = :module")
			.param("module", module)
			.query(GuardStore::guard)
			.optional();
	}

	void put(String module, GuardRules rules, long revision) {
		int changed = this.jdbc.sql(UPDATE_RULES)
			.param("module", module)
			.param("rules", text(rules))
			.param("revision", revision)
			.update();
		if (changed == 0) {
			this.jdbc.sql(INSERT)
				.param("module", module)
				.param("rules", text(rules))
				.param("revision", revision)
				.param("watch", text(Watch.IDLE))
				.update();
		}
	}

	private static Guard guard(ResultSet row, int number) throws SQLException {
		byte[] rules = row.getString("rules").getBytes(StandardCharsets.UTF_8);
		return new Guard(row.getString("module"), JsonBody.read(rules, GuardRequest.class).rules(),
				row.getLong("revision"), JSON.readValue(row.getString("watch"), Watch.class));
	}

	private static String text(Object value) {
		return JSON.writeValueAsString(value);
	}

	/**
	 * A guard of a module.
	 *
	 * @param revision write that set its rules
	 */
	record Guard(String module, GuardRules rules, long revision, Watch watch) {

	}

}

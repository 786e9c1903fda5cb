package dev.pergola.registry.guard;

import java.time.Instant;
import java.time.ZoneOffset;

import dev.pergola.registry.database.RegistryDatabase;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where guards stand, and which node looks after them, in the registry's database. What a
 * guard saw is nothing that anybody decided on: it takes no revision and no audit entry.
 * What it does takes both.
 */
public final class Watches {

	private static final String UPDATE = "update module_guard set watch = :watch where module = :module";

	private static final String LEASE = """
			update guard_lease set holder = :holder, held_until = :until
			where id = 1 and (holder = :holder or held_until <= :now)
			""";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final JdbcClient jdbc;

	public Watches(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/** Notes where the guard of a module stands. */
	void put(String module, Watch watch) {
		this.jdbc.sql(UPDATE).param("module", module).param("watch", JSON.writeValueAsString(watch)).update();
	}

	/**
	 * Becomes or stays the node that looks after the guards.
	 * @return whether it is
	 */
	boolean lease(String node, Instant now, Instant until) {
		return this.jdbc.sql(LEASE)
			.param("holder", node)
			.param("now", now.atOffset(ZoneOffset.UTC))
			.param("until", until.atOffset(ZoneOffset.UTC))
			.update() == 1;
	}

}

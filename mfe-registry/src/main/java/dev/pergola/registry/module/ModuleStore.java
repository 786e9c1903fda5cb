package dev.pergola.registry.module;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.request.NotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Modules in the registry's database. Writes run in the transaction of the caller.
 */
public final class ModuleStore {

	private static final String SELECT = """
			select name, team, enabled, reason, disabled_by_administrator, revision
			from module
			""";

	private static final String INSERT = """
			insert into module (name, team, enabled, disabled_by_administrator, revision, created_at)
			values (:name, :team, true, false, :revision, :at)
			""";

	private static final String SET_STATE = """
			update module
			set enabled = :enabled, reason = :reason, disabled_by_administrator = :byAdministrator, revision = :revision
			where name = :name
			""";

	private static final String SET_TEAM = "update module set team = :team, revision = :revision where name = :name";

	private static final String TOUCH = "update module set revision = :revision where name = :name";

	private final JdbcClient jdbc;

	public ModuleStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/**
	 * All modules.
	 * @return in the order of their names
	 */
	public List<Module> all() {
		return this.jdbc.sql(SELECT + "order by name").query(ModuleStore::module).list();
	}

	public Optional<Module> find(String name) {
		return this.jdbc.sql(SELECT + "where name = :name").param("name", name).query(ModuleStore::module).optional();
	}

	/**
	 * Those of some modules that there are.
	 * @param names of modules
	 */
	public List<Module> of(Collection<String> names) {
		return this.jdbc.sql(SELECT + "where name = any(:names)")
			.param("names", new SqlArrayValue("varchar", names.toArray()))
			.query(ModuleStore::module)
			.list();
	}

	/** A module, else {@link NotFoundException}. */
	public Module get(String name) {
		return find(name).orElseThrow(() -> new NotFoundException("module", name));
	}

	public void create(String name, String team, long revision, Instant at) {
		this.jdbc.sql(INSERT)
			.param("name", name)
			.param("team", team)
			.param("revision", revision)
			.param("at", at.atOffset(ZoneOffset.UTC))
			.update();
	}

	/**
	 * Switches a module on or off.
	 * @param reason {@code null} when it is switched on
	 */
	public void setState(String name, boolean enabled, @Nullable String reason, boolean byAdministrator,
			long revision) {
		this.jdbc.sql(SET_STATE)
			.param("enabled", enabled)
			.param("reason", reason)
			.param("byAdministrator", byAdministrator)
			.param("revision", revision)
			.param("name", name)
			.update();
	}

	/** Gives a module to a team. */
	public void setTeam(String name, String team, long revision) {
		this.jdbc.sql(SET_TEAM).param("team", team).param("revision", revision).param("name", name).update();
	}

	/** Notes that a write changed the module. */
	public void touch(String name, long revision) {
		this.jdbc.sql(TOUCH).param("revision", revision).param("name", name).update();
	}

	private static Module module(ResultSet row, int number) throws SQLException {
		return new Module(row.getString("name"), row.getString("team"), row.getBoolean("enabled"),
				row.getString("reason"), row.getBoolean("disabled_by_administrator"), row.getLong("revision"));
	}

}

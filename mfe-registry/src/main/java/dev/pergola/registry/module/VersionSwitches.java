package dev.pergola.registry.module;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.pergola.registry.database.RegistryDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Versions that are switched off, in the registry's database. Writes run in the
 * transaction of the caller.
 */
public final class VersionSwitches {

	private static final String SELECT = """
			select module, version, off_reason, off_by_administrator from module_version where off_reason is not null
			""";

	private static final String UPDATE = """
			update module_version set off_reason = :reason, off_by_administrator = :byAdministrator
			where module = :module and version = :version
			""";

	private final JdbcClient jdbc;

	public VersionSwitches(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/**
	 * All versions that are off.
	 * @return reasons by module, then by version; modules without one are missing
	 */
	public Map<String, Map<String, String>> all() {
		return off(this.jdbc.sql(SELECT));
	}

	/** As {@link #all}, of some modules. */
	public Map<String, Map<String, String>> of(Collection<String> modules) {
		return off(this.jdbc.sql(SELECT + " and module = any(:modules)")
			.param("modules", new SqlArrayValue("varchar", modules.toArray())));
	}

	/** Versions of a module that are off, with the reason of each. */
	public Map<String, String> of(String module) {
		return of(List.of(module)).getOrDefault(module, Map.of());
	}

	/** How a version is switched off, if it is. */
	Optional<Off> find(String module, String version) {
		return this.jdbc.sql(SELECT + " and module = :module and version = :version")
			.param("module", module)
			.param("version", version)
			.query((row, number) -> new Off(row.getString("off_reason"), row.getBoolean("off_by_administrator")))
			.optional();
	}

	/** Switches a version off, or on with {@code null}. */
	void set(String module, String version, @Nullable Off off) {
		this.jdbc.sql(UPDATE)
			.param("reason", (off != null) ? off.reason() : null)
			.param("byAdministrator", off != null && off.byAdministrator())
			.param("module", module)
			.param("version", version)
			.update();
	}

	private static Map<String, Map<String, String>> off(JdbcClient.StatementSpec select) {
		Map<String, Map<String, String>> off = new TreeMap<>();
		select.query((row) -> {
			off.computeIfAbsent(row.getString("module"), (module) -> new TreeMap<>())
				.put(row.getString("version"), row.getString("off_reason"));
		});
		return off;
	}

	/**
	 * Why a version is off.
	 *
	 * @param byAdministrator whether only an administrator may switch it on again
	 */
	record Off(String reason, boolean byAdministrator) {

	}

}

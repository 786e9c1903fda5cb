package dev.pergola.registry.navigation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.database.RegistryDatabase;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Overlays that were live, as the history keeps them, with who made them.
 */
public final class NavigationVersions {

	private static final String LIST = """
			select h.revision, a.written_at, a.actor, a.reason
			from navigation_history h join audit_entry a on a.revision = h.revision
			order by h.revision desc fetch first :limit rows only
			""";

	private static final String FIND = "select overlay from navigation_history where revision = :revision";

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private final JdbcClient jdbc;

	public NavigationVersions(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/** Versions, newest first. */
	List<Version> newest(int limit) {
		return this.jdbc.sql(LIST)
			.param("limit", limit)
			.query((row, number) -> new Version(row.getLong("revision"),
					row.getObject("written_at", OffsetDateTime.class).toInstant(), row.getString("actor"),
					row.getString("reason")))
			.list();
	}

	/** The overlay of a version; that of revision 0 is empty. */
	Optional<Navigation> find(long revision) {
		if (revision == 0) {
			return Optional.of(Navigation.NONE);
		}
		return this.jdbc.sql(FIND)
			.param("revision", revision)
			.query(String.class)
			.optional()
			.map((overlay) -> JSON.readValue(overlay, Navigation.class));
	}

	/**
	 * An overlay that was published.
	 *
	 * @param reason why, in the words of who did it
	 */
	record Version(long revision, Instant at, String by, @Nullable String reason) {

	}

}

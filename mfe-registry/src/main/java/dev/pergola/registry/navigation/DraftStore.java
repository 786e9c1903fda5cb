package dev.pergola.registry.navigation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.journal.Write;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The draft in the registry's database, with the steps that undo and redo go through.
 * Writes run in the transaction of the caller.
 */
public final class DraftStore {

	private static final String SELECT = """
			select step.overlay, step.base, step.base_overlay, step.place, step.written_at, step.actor, draft.revision,
				(select min(place) from navigation_draft_step) as first_place,
				(select max(place) from navigation_draft_step) as last_place
			from navigation_draft draft join navigation_draft_step step on step.place = draft.place
			""";

	private static final String UPDATE = "update navigation_draft set place = :place, revision = :revision where id = 1";

	private static final String INSERT = """
			insert into navigation_draft (id, place, revision) values (1, :place, :revision)
			""";

	private static final String ADD_STEP = """
			insert into navigation_draft_step (place, base, base_overlay, overlay, written_at, actor)
			values (:place, :base, :baseOverlay, :overlay, :at, :actor)
			""";

	private static final String DROP_STEPS = "delete from navigation_draft_step where place > :last or place < :first";

	private static final String DROP = "delete from navigation_draft";

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private final JdbcClient jdbc;

	public DraftStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/** The draft, if there is one. */
	Optional<Draft> find() {
		return this.jdbc.sql(SELECT).query(DraftStore::draft).optional();
	}

	/** Adds a step and goes there; what was after the place before is forgotten. */
	void add(Draft step, int keep, Write write) {
		dropSteps(Math.max(0, step.place() - keep), step.place() - 1);
		this.jdbc.sql(ADD_STEP)
			.param("place", step.place())
			.param("base", step.base())
			.param("baseOverlay", JSON.writeValueAsString(step.baseNavigation()))
			.param("overlay", JSON.writeValueAsString(step.navigation()))
			.param("at", step.at().atOffset(ZoneOffset.UTC))
			.param("actor", step.by())
			.update();
		go(step.place(), write);
	}

	void go(int place, Write write) {
		if (set(UPDATE, place, write) == 0) {
			set(INSERT, place, write);
		}
	}

	void drop() {
		this.jdbc.sql(DROP).update();
		dropSteps(0, -1);
	}

	private void dropSteps(int first, int last) {
		this.jdbc.sql(DROP_STEPS).param("first", first).param("last", last).update();
	}

	private int set(String sql, int place, Write write) {
		return this.jdbc.sql(sql).param("place", place).param("revision", write.revision()).update();
	}

	private static Draft draft(ResultSet row, int number) throws SQLException {
		int place = row.getInt("place");
		return new Draft(read(row, "overlay"), row.getLong("base"), read(row, "base_overlay"), place,
				place - row.getInt("first_place"), row.getInt("last_place") - place, row.getLong("revision"),
				row.getObject("written_at", OffsetDateTime.class).toInstant(), row.getString("actor"));
	}

	private static Navigation read(ResultSet row, String column) throws SQLException {
		return JSON.readValue(row.getString(column), Navigation.class);
	}

}

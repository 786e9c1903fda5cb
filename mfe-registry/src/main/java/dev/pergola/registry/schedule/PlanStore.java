package dev.pergola.registry.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.rollout.Channel.ChannelState;
import dev.pergola.registry.schedule.Plan.States;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Plans in the registry's database. Writes run in the transaction of the caller.
 */
public final class PlanStore {

	private static final String SELECT = """
			select id, module, channel, team, state, wanted, starts_at, starts_text, ends_at, ends_text, planned_at,
				actor, actor_kind, address, reason, channel_before, channel_after, problem
			from channel_plan
			""";

	private static final String OPEN = SELECT + """
			where module = :module and finished_at is null
			order by starts_at, id
			""";

	private static final String OVER = SELECT + """
			where module = :module and finished_at is not null
			order by finished_at desc, id
			fetch first :limit rows only
			""";

	/** What ends at a time makes room for what starts then. */
	private static final String DUE = """
			select id
			from channel_plan
			where due_at <= :now
			order by due_at, case when state = 'running' then 0 else 1 end, id
			""";

	private static final String INSERT = """
			insert into channel_plan (id, module, channel, team, state, wanted, starts_at, starts_text, ends_at, ends_text,
				due_at, planned_at, actor, actor_kind, address, reason, channel_before, channel_after)
			values (:id, :module, :channel, :team, :state, :wanted, :startsAt, :startsText, :endsAt, :endsText,
				:dueAt, :plannedAt, :actor, :actorKind, :address, :reason, :before, :after)
			""";

	private static final String START = """
			update channel_plan
			set state = 'running', due_at = ends_at, channel_before = :before, channel_after = :after
			where id = :id
			""";

	private static final String FINISH = """
			update channel_plan
			set state = :state, due_at = null, finished_at = :at, problem = :problem
			where id = :id
			""";

	private static final int MAX_PROBLEM = 2000;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private final JdbcClient jdbc;

	public PlanStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/** Plans of a module that are not over, by their start. */
	List<Plan> open(String module) {
		return this.jdbc.sql(OPEN).param("module", module).query(PlanStore::plan).list();
	}

	/** Plans of a module that are over, the last one first. */
	List<Plan> over(String module, int limit) {
		return this.jdbc.sql(OVER).param("module", module).param("limit", limit).query(PlanStore::plan).list();
	}

	/** Ids of plans that must start or end, in the order in which they must. */
	List<String> due(Instant now) {
		return this.jdbc.sql(DUE).param("now", utc(now)).query((row, number) -> row.getString("id")).list();
	}

	Optional<Plan> find(String id) {
		return this.jdbc.sql(SELECT + "where id = :id").param("id", id).query(PlanStore::plan).optional();
	}

	void add(Plan plan) {
		Caller caller = plan.caller();
		States states = plan.states();
		this.jdbc.sql(INSERT)
			.param("id", plan.id())
			.param("module", plan.module())
			.param("channel", plan.channel())
			.param("team", plan.team())
			.param("state", plan.state().text())
			.param("wanted", JSON.writeValueAsString(plan.wanted()))
			.param("startsAt", utc(plan.start()))
			.param("startsText", text(plan.window().startsAt()))
			.param("endsAt", utc(plan.end()))
			.param("endsText", text(plan.window().endsAt()))
			.param("dueAt", utc(plan.due()))
			.param("plannedAt", utc(plan.plannedAt()))
			.param("actor", caller.name())
			.param("actorKind", caller.kind().name())
			.param("address", caller.address())
			.param("reason", caller.reason())
			.param("before", (states != null) ? JSON.writeValueAsString(states.before()) : null)
			.param("after", (states != null) ? JSON.writeValueAsString(states.after()) : null)
			.update();
	}

	/** Notes that a plan has started; its end is due next. */
	void start(String id, States states) {
		this.jdbc.sql(START)
			.param("before", JSON.writeValueAsString(states.before()))
			.param("after", JSON.writeValueAsString(states.after()))
			.param("id", id)
			.update();
	}

	/** Notes that a plan is over. */
	void finish(String id, PlanState state, Instant at, @Nullable String problem) {
		this.jdbc.sql(FINISH)
			.param("state", state.text())
			.param("at", utc(at))
			.param("problem",
					(problem != null && problem.length() > MAX_PROBLEM) ? problem.substring(0, MAX_PROBLEM) : problem)
			.param("id", id)
			.update();
	}

	private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
		return (time != null) ? time.atOffset(ZoneOffset.UTC) : null;
	}

	private static @Nullable String text(@Nullable OffsetDateTime time) {
		return (time != null) ? time.toString() : null;
	}

	private static Plan plan(ResultSet row, int number) throws SQLException {
		Caller caller = new Caller(row.getString("actor"), Caller.Kind.valueOf(row.getString("actor_kind")), Set.of(),
				row.getString("address"), row.getString("reason"));
		Window window = new Window(time(row.getString("starts_text")), time(row.getString("ends_text")));
		String before = row.getString("channel_before");
		String after = row.getString("channel_after");
		States states = (before != null && after != null)
				? new States(JSON.readValue(before, Channel.class), JSON.readValue(after, Channel.class)) : null;
		return new Plan(row.getString("id"), row.getString("module"), row.getString("channel"),
				PlanState.of(row.getString("state")), JSON.readValue(row.getString("wanted"), ChannelState.class),
				window, row.getString("team"), row.getObject("planned_at", OffsetDateTime.class).toInstant(), caller,
				states, row.getString("problem"));
	}

	private static @Nullable OffsetDateTime time(@Nullable String text) {
		return (text != null) ? OffsetDateTime.parse(text) : null;
	}

}

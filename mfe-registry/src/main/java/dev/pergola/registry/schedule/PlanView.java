package dev.pergola.registry.schedule;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import org.jspecify.annotations.Nullable;

/**
 * A plan as people see it.
 *
 * @param rollout share of each version from the start on
 * @param overrides who gets something else from the start on
 * @param startsAt with the offset it was planned in, {@code null} when it started as it
 * was planned
 * @param endsAt {@code null} when it stays
 * @param plannedBy in whose name it is done
 * @param reason why, in their words
 * @param problem why it failed, or why its end put nothing back
 */
record PlanView(String id, String module, String channel, PlanState state, List<RolloutShare> rollout,
		List<RolloutOverride> overrides, @Nullable String startsAt, @Nullable String endsAt, Instant plannedAt,
		String plannedBy, @Nullable String reason, @Nullable String problem) {

	static PlanView of(Plan plan) {
		return new PlanView(plan.id(), plan.module(), plan.channel(), plan.state(), plan.wanted().rollout(),
				plan.wanted().overrides(), text(plan.window().startsAt()), text(plan.window().endsAt()),
				plan.plannedAt(), plan.caller().name(), plan.caller().reason(), plan.problem());
	}

	private static @Nullable String text(@Nullable OffsetDateTime time) {
		return (time != null) ? time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME) : null;
	}

}

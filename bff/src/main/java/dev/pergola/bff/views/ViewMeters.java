package dev.pergola.bff.views;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/** Meters of views and their parts, for as long as the catalog has them. */
final class ViewMeters {

	private final MeterRegistry registry;

	private final Map<Key, Map<String, Timer>> views = new ConcurrentHashMap<>();

	ViewMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * A request for a view is over.
	 * @param outcome {@code complete}, {@code partial}, {@code failed},
	 * {@code cancelled}, or {@code kept} for an answer that was kept
	 */
	void view(ViewPlan plan, String outcome, long nanos) {
		timers(plan)
			.computeIfAbsent(outcome,
					(name) -> Timer.builder("pergola.bff.views")
						.description("Requests for views")
						.tags(tags(plan).and("outcome", outcome))
						.register(this.registry))
			.record(nanos, TimeUnit.NANOSECONDS);
	}

	/** A part is there, or is given up. */
	void part(ViewPlan plan, ViewRun.NamedPart part) {
		String status = (part.result() instanceof PartResult.Absent absent) ? absent.status() : "present";
		String name = part.plan().name();
		timers(plan)
			.computeIfAbsent(name + " " + status,
					(key) -> Timer.builder("pergola.bff.views.parts")
						.description("Parts of views")
						.tags(tags(plan).and("part", name, "status", status))
						.register(this.registry))
			.record(part.result().millis(), TimeUnit.MILLISECONDS);
	}

	/** Takes away the meters of all views but these. */
	void retain(List<ViewPlan> plans) {
		Set<Key> live = new HashSet<>();
		plans.forEach((plan) -> live.add(Key.of(plan)));
		this.views.entrySet().removeIf((view) -> {
			boolean isGone = !live.contains(view.getKey());
			if (isGone) {
				view.getValue().values().forEach(this.registry::remove);
			}
			return isGone;
		});
	}

	private Map<String, Timer> timers(ViewPlan plan) {
		return this.views.computeIfAbsent(Key.of(plan), (key) -> new ConcurrentHashMap<>());
	}

	private static Tags tags(ViewPlan plan) {
		return Tags.of("module", plan.module(), "view", plan.name());
	}

	private record Key(String module, String view) {

		static Key of(ViewPlan plan) {
			return new Key(plan.module(), plan.name());
		}

	}

}

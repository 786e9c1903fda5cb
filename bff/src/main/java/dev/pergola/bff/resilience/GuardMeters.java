package dev.pergola.bff.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** Meters of guards: they look when they are asked, and cost a call nothing. */
final class GuardMeters {

	private final MeterRegistry registry;

	private final Map<UpstreamGuard, List<Meter>> meters = new ConcurrentHashMap<>();

	GuardMeters(MeterRegistry registry, Load load) {
		this.registry = registry;
		Gauge.builder("pergola.bff.load", load, Load::inFlight)
			.description("Calls in flight, of all modules")
			.register(registry);
		FunctionCounter.builder("pergola.bff.load.shed", load, Load::shed)
			.description("Calls that were refused because of too many others")
			.register(registry);
	}

	void add(UpstreamGuard guard, String team) {
		OfGuard meters = new OfGuard(guard, Tags.of("module", guard.module(), "team", team));
		List<Meter> all = new ArrayList<>();
		all.add(meters.gauge("circuit", "Whether it is called: 0 yes, 1 on trial, 2 no",
				(each) -> switch (each.health().circuit().state()) {
					case "closed" -> 0;
					case "open" -> 2;
					default -> 1;
				}));
		all.add(meters.gauge("active", "Calls in flight to the module's service", UpstreamGuard::inFlight));
		all.add(meters.gauge("limit", "Calls in flight the service takes", (each) -> each.health().limit().limit()));
		all.add(meters.gauge("retry.budget", "Calls that may be made again", (each) -> each.health().budget().left()));
		all.add(meters.counter("retries", "Calls that were made again", Tags.empty(), UpstreamGuard::retries));
		for (FailureKind kind : FailureKind.values()) {
			all.add(meters.counter("failures", "Calls the service failed", Tags.of("failure", kind.label()),
					(each) -> each.failures().get(kind)));
		}
		for (RefusalKind kind : RefusalKind.values()) {
			all.add(meters.counter("refused", "Calls that were not made", Tags.of("reason", kind.label()),
					(each) -> each.refusals().get(kind)));
		}
		this.meters.put(guard, all);
	}

	void remove(UpstreamGuard guard) {
		List<Meter> all = this.meters.remove(guard);
		if (all != null) {
			all.forEach(this.registry::remove);
		}
	}

	private final class OfGuard {

		private final UpstreamGuard guard;

		private final Tags tags;

		OfGuard(UpstreamGuard guard, Tags tags) {
			this.guard = guard;
			this.tags = tags;
		}

		Meter gauge(String name, String description, ToDoubleFunction<UpstreamGuard> value) {
			return Gauge.builder("pergola.bff.upstream." + name, this.guard, value)
				.description(description)
				.tags(this.tags)
				.register(GuardMeters.this.registry);
		}

		Meter counter(String name, String description, Tags more, ToDoubleFunction<UpstreamGuard> value) {
			return FunctionCounter.builder("pergola.bff.upstream." + name, this.guard, value)
				.description(description)
				.tags(this.tags.and(more))
				.register(GuardMeters.this.registry);
		}

	}

}

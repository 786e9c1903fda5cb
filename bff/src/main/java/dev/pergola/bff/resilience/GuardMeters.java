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

	void add(UpstreamGuard guard) {
		List<Meter> all = new ArrayList<>();
		all.add(gauge(guard, "circuit", "Whether it is called: 0 yes, 1 on trial, 2 no",
				(each) -> switch (each.health().circuit().state()) {
					case "closed" -> 0;
					case "open" -> 2;
					default -> 1;
				}));
		all.add(gauge(guard, "active", "Calls in flight to the module's service", UpstreamGuard::inFlight));
		all.add(gauge(guard, "limit", "Calls in flight the service takes", (each) -> each.health().limit().limit()));
		all.add(gauge(guard, "retry.budget", "Calls that may be made again", (each) -> each.health().budget().left()));
		all.add(counter(guard, "retries", "Calls that were made again", Tags.empty(), UpstreamGuard::retries));
		for (FailureKind kind : FailureKind.values()) {
			all.add(counter(guard, "failures", "Calls the service failed", Tags.of("failure", kind.label()),
					(each) -> each.failures().get(kind)));
		}
		for (RefusalKind kind : RefusalKind.values()) {
			all.add(counter(guard, "refused", "Calls that were not made", Tags.of("reason", kind.label()),
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

	private Meter gauge(UpstreamGuard guard, String name, String description, ToDoubleFunction<UpstreamGuard> value) {
		return Gauge.builder("pergola.bff.upstream." + name, guard, value)
			.description(description)
			.tag("module", guard.module())
			.register(this.registry);
	}

	private Meter counter(UpstreamGuard guard, String name, String description, Tags tags,
			ToDoubleFunction<UpstreamGuard> value) {
		return FunctionCounter.builder("pergola.bff.upstream." + name, guard, value)
			.description(description)
			.tag("module", guard.module())
			.tags(tags)
			.register(this.registry);
	}

}

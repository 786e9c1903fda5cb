package dev.pergola.bff.metrics;

import java.util.Set;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Meters of all calls. Names of modules and teams come from the catalog and from nowhere
 * else: a caller cannot make a meter.
 */
public final class Calls {

	/** Stands for a module or a team that there is not. */
	public static final String NONE = "none";

	/** There are some dozens of reasons; this is for a mistake of ours. */
	private static final int MAX_REASONS = 200;

	private final MeterRegistry registry;

	private final MetricsProperties properties;

	private final Map<String, OfModule> modules = new ConcurrentHashMap<>();

	private final Map<String, Counter> refused = new ConcurrentHashMap<>();

	private final OfModule none = new OfModule(NONE, NONE);

	public Calls(MeterRegistry registry, MetricsProperties properties) {
		this.registry = registry;
		this.properties = properties;
	}

	/** Meters of a route, for as long as its module is in the catalog. */
	public CallMeters of(String module, String team, RouteKind kind) {
		return this.modules.computeIfAbsent(module, (name) -> new OfModule(name, team)).of(kind);
	}

	/**
	 * Meters of a call that has no route yet.
	 * @param module what stands in the path
	 */
	public CallMeters find(String module, RouteKind kind) {
		return this.modules.getOrDefault(module, this.none).of(kind);
	}

	/** Counts what was refused before any upstream was called. */
	public void refused(String reason) {
		Counter counter = this.refused.get(reason);
		if (counter == null) {
			String known = (this.refused.size() < MAX_REASONS) ? reason : "other";
			counter = this.refused.computeIfAbsent(known, this::counter);
		}
		counter.increment();
	}

	/** Makes meters for the modules of a catalog, and takes away all others. */
	public void retain(Catalog catalog) {
		Set<String> live = new HashSet<>();
		for (CatalogModule module : catalog.modules()) {
			live.add(module.module());
			this.modules.computeIfAbsent(module.module(), (name) -> new OfModule(name, module.team()))
				.setTeam(module.team());
		}
		this.modules.values().removeIf((module) -> {
			boolean isGone = !live.contains(module.name);
			if (isGone) {
				module.close();
			}
			return isGone;
		});
	}

	private Counter counter(String reason) {
		return Counter.builder("pergola.bff.refused")
			.description("Calls that were refused here")
			.tag("reason", reason)
			.register(this.registry);
	}

	private final class OfModule {

		private final String name;

		private final AtomicReferenceArray<@Nullable CallMeters> kinds = new AtomicReferenceArray<>(
				RouteKind.values().length);

		private String team;

		private boolean closed;

		OfModule(String name, String team) {
			this.name = name;
			this.team = team;
		}

		CallMeters of(RouteKind kind) {
			CallMeters meters = this.kinds.get(kind.ordinal());
			return (meters != null) ? meters : create(kind);
		}

		private synchronized CallMeters create(RouteKind kind) {
			CallMeters there = this.kinds.get(kind.ordinal());
			if (there != null) {
				return there;
			}
			CallMeters meters = new CallMeters(Calls.this.registry, Calls.this.properties, this.name, this.team, kind);
			this.kinds.set(kind.ordinal(), meters);
			if (this.closed) {
				meters.close();
			}
			return meters;
		}

		synchronized void setTeam(String team) {
			this.team = team;
			each((meters) -> meters.setTeam(team));
		}

		synchronized void close() {
			this.closed = true;
			each(CallMeters::close);
		}

		private void each(Consumer<CallMeters> action) {
			for (int i = 0; i < this.kinds.length(); i++) {
				CallMeters meters = this.kinds.get(i);
				if (meters != null) {
					action.accept(meters);
				}
			}
		}

	}

}

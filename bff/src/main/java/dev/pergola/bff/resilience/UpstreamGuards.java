package dev.pergola.bff.resilience;

import java.net.URI;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import io.micrometer.core.instrument.MeterRegistry;

/** Guards of all upstreams, for as long as the catalog names them. */
public final class UpstreamGuards {

	private final ResilienceProperties properties;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private final GuardMeters meters;

	private final Load load;

	private final Map<String, UpstreamHealth> upstreams = new ConcurrentHashMap<>();

	private final Map<String, Named> guards = new ConcurrentHashMap<>();

	public UpstreamGuards(ResilienceProperties properties, MeterRegistry registry) {
		this(properties, registry, Clock.systemUTC(), System::nanoTime);
	}

	/**
	 * Guards with a clock of their own.
	 * @param nanoTime as {@link System#nanoTime()} has it
	 */
	UpstreamGuards(ResilienceProperties properties, MeterRegistry registry, Clock clock, LongSupplier nanoTime) {
		this.properties = properties;
		this.clock = clock;
		this.nanoTime = nanoTime;
		this.load = new Load(properties.maxCalls());
		this.meters = new GuardMeters(registry, this.load);
	}

	/**
	 * The guard of a module's route. Modules with the same upstream share what is known
	 * of it, not their places.
	 * @param team whose module it is
	 */
	public UpstreamGuard of(URI upstream, String module, String team) {
		String authority = authority(upstream);
		return this.guards.compute(module, (name, before) -> {
			boolean isSame = before != null && before.authority().equals(authority);
			if (before != null && isSame && before.team().equals(team)) {
				return before;
			}
			if (before != null) {
				this.meters.remove(before.guard());
			}
			UpstreamGuard guard = (before != null && isSame) ? before.guard() : create(name, authority);
			this.meters.add(guard, team);
			return new Named(authority, team, guard);
		}).guard();
	}

	/** Forgets upstreams a catalog no longer names. */
	public void retain(Catalog catalog) {
		Set<String> named = new HashSet<>();
		for (CatalogModule module : catalog.modules()) {
			if (module.enabled() && module.upstreamUrl() != null) {
				named.add(module.module());
			}
		}
		this.guards.entrySet().removeIf((entry) -> {
			boolean isGone = !named.contains(entry.getKey());
			if (isGone) {
				this.meters.remove(entry.getValue().guard());
			}
			return isGone;
		});
		Set<String> called = new HashSet<>();
		this.guards.values().forEach((each) -> called.add(each.authority()));
		this.upstreams.keySet().retainAll(called);
	}

	/** Whether there is no place for a further call. */
	boolean isFull() {
		return this.load.isFull();
	}

	Load load() {
		return this.load;
	}

	/** All guards, by module. */
	List<UpstreamGuard> all() {
		return this.guards.values()
			.stream()
			.map(Named::guard)
			.sorted(Comparator.comparing(UpstreamGuard::module))
			.toList();
	}

	/** All calls of this process, as they are now. */
	public CallsState calls() {
		return new CallsState(this.load.inFlight(), this.load.max(), this.properties.maxCallsPerModule(),
				this.load.shed());
	}

	/** All modules with a service, by name. */
	public List<UpstreamState> states() {
		return this.guards.values()
			.stream()
			.map((named) -> UpstreamState.of(named.guard(), named.team(), host(named.authority())))
			.sorted(Comparator.comparing(UpstreamState::module))
			.toList();
	}

	private UpstreamGuard create(String module, String authority) {
		UpstreamHealth health = this.upstreams.computeIfAbsent(authority,
				(name) -> UpstreamHealth.of(this.properties, this.clock, this.nanoTime));
		return new UpstreamGuard(module, this.properties, this.load, health, this.nanoTime);
	}

	private static String authority(URI upstream) {
		return String.valueOf(upstream.getRawAuthority()).toLowerCase(Locale.ROOT);
	}

	// What stands before the host may be a name and a password.
	private static String host(String authority) {
		return authority.substring(authority.lastIndexOf('@') + 1);
	}

	/**
	 * Calls of all modules in this process.
	 *
	 * @param inFlight those of now
	 * @param maxCalls the most of these
	 * @param maxCallsPerModule the most of one module
	 * @param shed calls that found no place since the start
	 */
	public record CallsState(int inFlight, int maxCalls, int maxCallsPerModule, long shed) {

	}

	private record Named(String authority, String team, UpstreamGuard guard) {

	}

}

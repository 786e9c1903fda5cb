package dev.pergola.bff.resilience;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code GET /actuator/upstreams}: how modules' services are doing. */
@Endpoint(id = "upstreams")
final class UpstreamsEndpoint {

	private final UpstreamGuards guards;

	UpstreamsEndpoint(UpstreamGuards guards) {
		this.guards = guards;
	}

	/** All modules with a service, by name; no address of a service. */
	@ReadOperation
	State upstreams() {
		Load load = this.guards.load();
		return new State(load.inFlight(), load.max(), load.shed(),
				this.guards.all().stream().map(UpstreamsEndpoint::state).toList());
	}

	private static ModuleState state(UpstreamGuard guard) {
		UpstreamHealth health = guard.health();
		Map<String, Long> failures = new TreeMap<>();
		guard.failures().all().forEach((kind, count) -> failures.put(kind.label(), count));
		Map<String, Long> refused = new TreeMap<>();
		guard.refusals().all().forEach((kind, count) -> refused.put(kind.label(), count));
		FailureKind last = guard.lastFailure();
		return new ModuleState(guard.module(), health.circuit().state(), health.circuit().openSince(), guard.inFlight(),
				health.limit().inFlight(), health.limit().limit(), failures, refused, guard.retries(),
				health.budget().left(), (last != null) ? last.label() : null, guard.lastFailureAt());
	}

	/**
	 * All of it.
	 *
	 * @param inFlight calls of all modules
	 * @param maxCalls the most of these
	 * @param shed calls that found no place
	 */
	record State(int inFlight, int maxCalls, long shed, List<ModuleState> modules) {

	}

	/**
	 * One module's service.
	 *
	 * @param circuit {@code closed}, {@code half-open} or {@code open}
	 * @param inFlight calls of this module
	 * @param upstreamInFlight calls of all modules with the same service
	 * @param limit the most of these at the moment
	 */
	record ModuleState(String module, String circuit, @Nullable Instant openSince, int inFlight, int upstreamInFlight,
			int limit, Map<String, Long> failures, Map<String, Long> refused, long retries, int retryBudget,
			@Nullable String lastFailure, @Nullable Instant lastFailureAt) {

	}

}

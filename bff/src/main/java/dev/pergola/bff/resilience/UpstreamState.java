package dev.pergola.bff.resilience;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How one module's service is doing, as this process sees it. Circuit, limit and budget
 * are of the host, whichever modules call it.
 *
 * @param host name and port as the catalog has them
 * @param circuit {@code closed}, {@code half-open} or {@code open}
 * @param openSince since when it has not been closed
 * @param openUntil when the next call is made to try it; may be over where nobody called
 * @param inFlight calls of this module
 * @param upstreamInFlight calls of all modules with the same service
 * @param limit the most of these at the moment
 * @param retryBudget calls that may be made again
 * @param lastFailure kind of the last failure since the start
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpstreamState(String module, String team, String host, String circuit, @Nullable Instant openSince,
		@Nullable Instant openUntil, int inFlight, int upstreamInFlight, int limit, Recent lastMinute, int retryBudget,
		@Nullable String lastFailure, @Nullable Instant lastFailureAt) {

	static UpstreamState of(UpstreamGuard guard, String team, String host) {
		UpstreamHealth health = guard.health();
		Circuit circuit = health.circuit();
		FailureKind last = guard.lastFailure();
		return new UpstreamState(guard.module(), team, host, circuit.state(), circuit.openSince(), circuit.openUntil(),
				guard.inFlight(), health.limit().inFlight(), health.limit().limit(), Recent.of(guard),
				health.budget().left(), (last != null) ? last.label() : null, guard.lastFailureAt());
	}

	/**
	 * What went wrong in the last minute.
	 *
	 * @param failures calls the service failed, by kind; kinds without any are left out
	 * @param refused calls that were not made, by reason, likewise
	 * @param retries calls that were made again
	 */
	public record Recent(Map<String, Long> failures, Map<String, Long> refused, int retries) {

		static Recent of(UpstreamGuard guard) {
			Map<String, Long> failures = new TreeMap<>();
			guard.failures().recent().forEach((kind, count) -> failures.put(kind.label(), count));
			Map<String, Long> refused = new TreeMap<>();
			guard.refusals().recent().forEach((kind, count) -> refused.put(kind.label(), count));
			return new Recent(failures, refused, guard.recentRetries());
		}

	}

}

package dev.pergola.registry.health;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.pergola.manifests.Version;
import dev.pergola.registry.health.HealthStore.KeptError;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.request.InvalidRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows how versions of a module fare.
 */
@RestController
public class HealthController {

	private static final Duration DAY = Duration.ofDays(1);

	private final ModuleStore modules;

	private final HealthCounters counters;

	private final HealthStore store;

	private final Clock clock;

	public HealthController(ModuleStore modules, HealthCounters counters, HealthStore store, Clock clock) {
		this.modules = modules;
		this.counters = counters;
		this.store = store;
		this.clock = clock;
	}

	/**
	 * {@code GET /registry/v1/modules/{module}/health?from&to}: each version that was
	 * loaded or failed, highest first.
	 * @param from instant (ISO 8601), down to the minute; a day before {@code to} when
	 * absent
	 * @param to instant, now when absent
	 */
	@GetMapping("/registry/v1/modules/{module}/health")
	ModuleHealth health(@PathVariable String module, @RequestParam(required = false) @Nullable String from,
			@RequestParam(required = false) @Nullable String to) {
		String name = this.modules.get(module).name();
		// The end is not part of it; what was reported this moment is.
		Instant end = instant("/to", to, this.clock.instant().plusMillis(1));
		Instant start = instant("/from", from, end.minus(DAY)).truncatedTo(ChronoUnit.MINUTES);
		this.counters.flush();
		Map<String, Counts> counts = this.store.counts(name, start, end);
		Map<String, List<KeptError>> errors = this.store.errors(name, start)
			.stream()
			.filter((error) -> error.firstAt().isBefore(end))
			.collect(Collectors.groupingBy(KeptError::version));
		TreeSet<String> versions = new TreeSet<>(Comparator.comparing(Version::parse).reversed());
		versions.addAll(counts.keySet());
		versions.addAll(errors.keySet());
		return new ModuleHealth(name, start, end,
				versions.stream()
					.map((version) -> VersionHealth.of(version, counts.getOrDefault(version, Counts.NONE),
							errors.getOrDefault(version, List.of())))
					.toList());
	}

	private static Instant instant(String pointer, @Nullable String text, Instant otherwise) {
		try {
			return (text != null) ? Instant.parse(text) : otherwise;
		}
		catch (DateTimeException ex) {
			throw new InvalidRequestException("the question cannot be answered", pointer,
					"must be an instant such as 2026-12-01T08:00:00Z");
		}
	}

	/**
	 * Health of a module.
	 *
	 * @param versions highest first
	 */
	record ModuleHealth(String module, Instant from, Instant to, List<VersionHealth> versions) {

	}

	/**
	 * Health of a version.
	 *
	 * @param errorRate share of loads that failed or threw, in percent, {@code null}
	 * without loads
	 * @param mountP75Millis, lcpP75Millis, inpP75Millis, clsP75 what three quarters of
	 * the measurements do not exceed, {@code null} without any
	 * @param lastErrors latest first
	 */
	record VersionHealth(String version, long loads, long failures, long errors, @Nullable Double errorRate,
			@Nullable Long mountP75Millis, @Nullable Long lcpP75Millis, @Nullable Long inpP75Millis,
			@Nullable Double clsP75, List<KeptError> lastErrors) {

		private static VersionHealth of(String version, Counts counts, List<KeptError> errors) {
			Double rate = (counts.loads() > 0) ? Math.round(counts.errorRate() * 10_000) / 100.0 : null;
			return new VersionHealth(version, counts.loads(), counts.failures(), counts.errors(), rate,
					p75(counts.mount()), p75(counts.lcp()), p75(counts.inp()),
					(counts.cls().size() > 0) ? Math.round(counts.cls().p75()) / 1000.0 : null, errors);
		}

		private static @Nullable Long p75(Histogram measured) {
			return (measured.size() > 0) ? Math.round(measured.p75()) : null;
		}

	}

}

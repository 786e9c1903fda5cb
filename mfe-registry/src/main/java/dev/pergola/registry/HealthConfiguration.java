package dev.pergola.registry;

import java.time.Clock;

import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.guard.GuardController;
import dev.pergola.registry.guard.GuardProperties;
import dev.pergola.registry.guard.Guards;
import dev.pergola.registry.guard.GuardStore;
import dev.pergola.registry.guard.Watchdog;
import dev.pergola.registry.guard.Watches;
import dev.pergola.registry.health.HealthController;
import dev.pergola.registry.health.HealthCounters;
import dev.pergola.registry.health.HealthProperties;
import dev.pergola.registry.health.HealthStore;
import dev.pergola.registry.health.ReportController;
import dev.pergola.registry.health.Reports;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.rollout.Rollouts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What browsers measure, and what comes of it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ HealthProperties.class, GuardProperties.class })
class HealthConfiguration {

	@Bean
	HealthStore registryHealthStore(RegistryDatabase database) {
		return new HealthStore(database);
	}

	@Bean
	HealthCounters registryHealthCounters(HealthStore store, HealthProperties properties, ObjectProvider<Clock> clock) {
		return new HealthCounters(store, properties, clock.getIfUnique(Clock::systemUTC));
	}

	@Bean
	Reports registryReports(HealthCounters counters, VersionStore versions, HealthProperties properties,
			ObjectProvider<Clock> clock, ObjectProvider<MeterRegistry> meters) {
		return new Reports(counters, versions, properties, clock.getIfUnique(Clock::systemUTC),
				meters.getIfUnique(() -> Metrics.globalRegistry));
	}

	@Bean
	ReportController registryReportController(Reports reports, HealthProperties properties) {
		return new ReportController(reports, properties);
	}

	@Bean
	HealthController registryHealthController(ModuleStore modules, HealthCounters counters, HealthStore store,
			ObjectProvider<Clock> clock) {
		return new HealthController(modules, counters, store, clock.getIfUnique(Clock::systemUTC));
	}

	@Bean
	GuardStore registryGuardStore(RegistryDatabase database) {
		return new GuardStore(database);
	}

	@Bean
	Watches registryWatches(RegistryDatabase database) {
		return new Watches(database);
	}

	@Bean
	Guards registryGuards(Journal journal, ModuleStore modules, Rollouts rollouts, GuardStore store, Watches watches,
			ObjectProvider<Clock> clock) {
		return new Guards(journal, modules, rollouts, store, watches, clock.getIfUnique(Clock::systemUTC));
	}

	@Bean
	Watchdog registryWatchdog(Guards guards, GuardStore store, Watches watches, Rollouts rollouts,
			HealthCounters counters, HealthStore health, GuardProperties properties, ObjectProvider<Clock> clock,
			ObjectProvider<MeterRegistry> meters) {
		return new Watchdog(guards, store, watches, rollouts, counters, health, properties,
				clock.getIfUnique(Clock::systemUTC), meters.getIfUnique(() -> Metrics.globalRegistry));
	}

	@Bean
	GuardController registryGuardController(Guards guards) {
		return new GuardController(guards);
	}

}

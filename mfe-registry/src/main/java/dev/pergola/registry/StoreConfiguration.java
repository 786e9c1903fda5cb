package dev.pergola.registry;

import java.time.Clock;

import dev.pergola.registry.audit.AuditStore;
import dev.pergola.registry.bundle.BundleProperties;
import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.catalog.CatalogAssembler;
import dev.pergola.registry.catalog.CatalogFeed;
import dev.pergola.registry.catalog.CatalogProperties;
import dev.pergola.registry.conflict.ReservationStore;
import dev.pergola.registry.database.DatabaseProperties;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.history.HistoryStore;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.module.ModuleStates;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.VersionStates;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.module.VersionSwitches;
import dev.pergola.registry.navigation.NavigationStore;
import dev.pergola.registry.revision.PastCatalogs;
import dev.pergola.registry.revision.Restorer;
import dev.pergola.registry.revision.RevisionStore;
import dev.pergola.registry.rollout.ChannelStore;
import dev.pergola.registry.rollout.LiveManifests;
import dev.pergola.registry.rollout.RolloutProperties;
import dev.pergola.registry.rollout.Rollouts;
import dev.pergola.registry.schedule.DuePlans;
import dev.pergola.registry.schedule.PlanStore;
import dev.pergola.registry.schedule.PlanTimer;
import dev.pergola.registry.schedule.Plans;
import dev.pergola.registry.team.PublisherStore;
import dev.pergola.registry.team.TeamHosts;
import dev.pergola.registry.team.TeamProperties;
import dev.pergola.registry.team.TeamStore;
import dev.pergola.registry.team.TokenStore;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What the registry keeps.
 */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

	@Bean
	RegistryDatabase registryDatabase(DatabaseProperties properties, RegistryProperties registry) {
		return RegistryDatabase.open(properties, registry.directory());
	}

	@Bean
	@ConditionalOnMissingBean
	BundleStore registryBundleStore(BundleProperties properties, RegistryProperties registry) {
		return properties.open(registry.bundles());
	}

	@Bean
	AuditStore registryAuditStore(RegistryDatabase database) {
		return new AuditStore(database);
	}

	/** Nobody else's: a part that asks for a clock does not get this one. */
	@Bean(defaultCandidate = false)
	@ConditionalOnMissingBean(name = "registryClock")
	Clock registryClock() {
		return Clock.systemUTC();
	}

	@Bean
	Journal registryJournal(RegistryDatabase database, AuditStore audit, @Qualifier("registryClock") Clock clock) {
		return new Journal(database, audit, clock);
	}

	@Bean
	ModuleStore registryModuleStore(RegistryDatabase database) {
		return new ModuleStore(database);
	}

	@Bean
	VersionStore registryVersionStore(RegistryDatabase database) {
		return new VersionStore(database);
	}

	@Bean
	ChannelStore registryChannelStore(RegistryDatabase database) {
		return new ChannelStore(database);
	}

	@Bean
	LiveManifests registryLiveManifests(RegistryDatabase database, VersionStore versions) {
		return new LiveManifests(database, versions);
	}

	@Bean
	NavigationStore registryNavigationStore(RegistryDatabase database) {
		return new NavigationStore(database);
	}

	@Bean
	TeamStore registryTeamStore(RegistryDatabase database) {
		return new TeamStore(database);
	}

	@Bean
	TeamHosts registryTeamHosts(TeamProperties properties, TeamStore store) {
		return new TeamHosts(properties, store);
	}

	@Bean
	PublisherStore registryPublisherStore(RegistryDatabase database) {
		return new PublisherStore(database);
	}

	@Bean
	ReservationStore registryReservationStore(RegistryDatabase database) {
		return new ReservationStore(database);
	}

	@Bean
	TokenStore registryTokenStore(RegistryDatabase database) {
		return new TokenStore(database);
	}

	@Bean
	VersionSwitches registryVersionSwitches(RegistryDatabase database) {
		return new VersionSwitches(database);
	}

	@Bean
	VersionStates registryVersionStates(Journal journal, ModuleStore modules, VersionStore versions,
			VersionSwitches switches) {
		return new VersionStates(journal, modules, versions, switches);
	}

	@Bean
	ModuleStates registryModuleStates(Journal journal, ModuleStore modules) {
		return new ModuleStates(journal, modules);
	}

	@Bean
	Rollouts registryRollouts(ModuleStore modules, VersionStore versions, ChannelStore channels, LiveManifests live,
			ReservationStore reservations, RolloutProperties properties) {
		return new Rollouts(modules, versions, channels, live, reservations, properties);
	}

	@Bean
	PlanStore registryPlanStore(RegistryDatabase database) {
		return new PlanStore(database);
	}

	@Bean
	DuePlans registryDuePlans(Journal journal, ModuleStore modules, Rollouts rollouts, PlanStore store,
			@Qualifier("registryClock") Clock clock) {
		return new DuePlans(journal, modules, rollouts, store, clock);
	}

	@Bean
	Plans registryPlans(Journal journal, ModuleStore modules, Rollouts rollouts, PlanStore store,
			RolloutProperties properties) {
		return new Plans(journal, modules, rollouts, store, properties);
	}

	@Bean
	PlanTimer registryPlanTimer(DuePlans plans, RolloutProperties properties) {
		return new PlanTimer(plans, properties.poll());
	}

	@Bean
	HistoryStore registryHistoryStore(RegistryDatabase database, Journal journal, ChannelStore channels) {
		return new HistoryStore(database, journal, channels);
	}

	@Bean
	CatalogAssembler registryCatalogAssembler(RegistryDatabase database, Journal journal, HistoryStore history,
			ModuleStore modules, ChannelStore channels, LiveManifests live, NavigationStore navigation,
			TeamHosts hosts) {
		return new CatalogAssembler(database, journal, history, modules, channels, live, navigation, hosts);
	}

	@Bean
	RevisionStore registryRevisionStore(RegistryDatabase database) {
		return new RevisionStore(database);
	}

	@Bean
	PastCatalogs registryPastCatalogs(Journal journal, HistoryStore history, RevisionStore revisions,
			CatalogAssembler assembler) {
		return new PastCatalogs(journal, history, revisions, assembler);
	}

	@Bean
	Restorer registryRestorer(Journal journal, PastCatalogs catalogs, HistoryStore history, ModuleStore modules,
			VersionStore versions, ChannelStore channels, LiveManifests live, NavigationStore navigation,
			BundleStore bundles, ReservationStore reservations) {
		return new Restorer(journal, catalogs, history, modules, versions, channels, live, navigation, bundles,
				reservations);
	}

	@Bean
	CatalogFeed registryCatalogFeed(RegistryDatabase database, Journal journal, CatalogAssembler assembler,
			CatalogProperties properties) {
		return new CatalogFeed(database, journal, assembler, properties);
	}

}

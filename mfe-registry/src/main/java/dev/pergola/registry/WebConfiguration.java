package dev.pergola.registry;

import dev.pergola.registry.audit.AuditController;
import dev.pergola.registry.audit.AuditStore;
import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.caller.CallerResolver;
import dev.pergola.registry.catalog.CatalogController;
import dev.pergola.registry.catalog.CatalogFeed;
import dev.pergola.registry.catalog.CatalogProperties;
import dev.pergola.registry.catalog.ResolutionController;
import dev.pergola.registry.conflict.ReservationStore;
import dev.pergola.registry.console.ModuleController;
import dev.pergola.registry.history.HistoryStore;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.module.FileController;
import dev.pergola.registry.module.ModuleStates;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.StateController;
import dev.pergola.registry.module.VersionStates;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.module.VersionSwitches;
import dev.pergola.registry.ownership.HandOverController;
import dev.pergola.registry.ownership.NamesController;
import dev.pergola.registry.ownership.TeamController;
import dev.pergola.registry.ownership.Teams;
import dev.pergola.registry.publish.PublishProperties;
import dev.pergola.registry.revision.Differences;
import dev.pergola.registry.revision.PastCatalogs;
import dev.pergola.registry.revision.Restorer;
import dev.pergola.registry.revision.RevisionController;
import dev.pergola.registry.revision.RevisionStore;
import dev.pergola.registry.rollout.ChannelStore;
import dev.pergola.registry.rollout.LiveManifests;
import dev.pergola.registry.schedule.ChannelController;
import dev.pergola.registry.schedule.PlanController;
import dev.pergola.registry.schedule.Plans;
import dev.pergola.registry.team.MemberController;
import dev.pergola.registry.team.PublisherController;
import dev.pergola.registry.team.PublisherProperties;
import dev.pergola.registry.team.PublisherStore;
import dev.pergola.registry.team.TeamHosts;
import dev.pergola.registry.team.TeamProperties;
import dev.pergola.registry.team.TeamStore;
import dev.pergola.registry.team.TokenController;
import dev.pergola.registry.team.TokenStore;
import dev.pergola.registry.web.DocumentController;
import dev.pergola.registry.web.ProblemHandler;
import dev.pergola.registry.web.RestOfBodyFilter;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/**
 * What the registry answers. Controllers that return plain values run on virtual threads.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

	@Bean
	ProblemHandler registryProblemHandler() {
		return new ProblemHandler();
	}

	@Bean
	RestOfBodyFilter registryRestOfBodyFilter(PublishProperties properties) {
		DataSize twice = DataSize.ofBytes(2 * properties.maxUpload().toBytes());
		return new RestOfBodyFilter(twice, properties.timeout());
	}

	@Bean
	DocumentController registryDocumentController() {
		return new DocumentController();
	}

	@Bean
	ModuleController registryModuleController(ModuleStore modules, VersionStore versions, ChannelStore channels,
			VersionSwitches switches) {
		return new ModuleController(modules, versions, channels, switches);
	}

	@Bean
	StateController registryStateController(ModuleStates states, VersionStates versions) {
		return new StateController(states, versions);
	}

	@Bean
	FileController registryFileController(VersionStore versions, BundleStore bundles) {
		return new FileController(versions, bundles);
	}

	@Bean
	ChannelController registryChannelController(Plans plans) {
		return new ChannelController(plans);
	}

	@Bean
	PlanController registryPlanController(Plans plans) {
		return new PlanController(plans);
	}

	@Bean
	ResolutionController registryResolutionController(CatalogFeed feed) {
		return new ResolutionController(feed);
	}

	@Bean
	CatalogController registryCatalogController(CatalogFeed feed, CatalogProperties properties) {
		return new CatalogController(feed, properties.writeTimeout());
	}

	@Bean
	RevisionController registryRevisionController(Journal journal, RevisionStore revisions, PastCatalogs catalogs,
			HistoryStore history, Restorer restorer) {
		return new RevisionController(journal, revisions, catalogs, new Differences(catalogs, history, revisions),
				restorer);
	}

	@Bean
	AuditController registryAuditController(AuditStore store) {
		return new AuditController(store);
	}

	@Bean
	TokenController registryTokenController(Journal journal, TokenStore store, TeamProperties properties) {
		return new TokenController(journal, store, properties);
	}

	@Bean
	MemberController registryMemberController(Journal journal, TeamStore store) {
		return new MemberController(journal, store);
	}

	@Bean
	PublisherController registryPublisherController(Journal journal, PublisherStore store, TeamStore teams,
			PublisherProperties properties) {
		return new PublisherController(journal, store, teams, properties);
	}

	@Bean
	Teams registryTeams(TeamProperties properties, TeamStore store, PublisherStore publishers,
			ReservationStore reservations, ModuleStore modules) {
		return new Teams(properties, store, publishers, reservations, modules);
	}

	@Bean
	TeamController registryTeamController(Journal journal, TeamStore store, Teams teams) {
		return new TeamController(journal, store, teams);
	}

	@Bean
	NamesController registryNamesController(Journal journal, TeamStore store, Teams teams,
			ReservationStore reservations, ModuleStore modules, LiveManifests live) {
		return new NamesController(journal, store, teams, reservations, modules, live);
	}

	@Bean
	HandOverController registryHandOverController(Journal journal, ModuleStore modules, LiveManifests live,
			TeamHosts hosts, ReservationStore reservations) {
		return new HandOverController(journal, modules, live, hosts, reservations);
	}

	@Bean
	CallerResolver registryCallerResolver(TeamStore teams) {
		return new CallerResolver(teams::of);
	}

	@Bean
	RegistryHealthIndicator registryHealthIndicator(Journal journal, CatalogFeed feed) {
		return new RegistryHealthIndicator(journal, feed);
	}

	@Bean
	WebFluxConfigurer registryWebFluxConfigurer(CallerResolver callers) {
		return new WebFluxConfigurer() {
			@Override
			public void configureBlockingExecution(BlockingExecutionConfigurer configurer) {
				configurer.setExecutor(new VirtualThreadTaskExecutor("blocking-"));
			}

			@Override
			public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
				configurer.addCustomResolver(callers);
			}
		};
	}

}

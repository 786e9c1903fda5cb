package dev.pergola.registry;

import dev.pergola.registry.archive.Unpacker;
import dev.pergola.registry.audit.AuditStore;
import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.conflict.ReservationStore;
import dev.pergola.registry.content.ContentProperties;
import dev.pergola.registry.content.ContentSweep;
import dev.pergola.registry.content.ContentUses;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.egress.EgressProperties;
import dev.pergola.registry.egress.Fetcher;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.publish.AddressUpload;
import dev.pergola.registry.publish.Gate;
import dev.pergola.registry.publish.PortalProperties;
import dev.pergola.registry.publish.PiletUploadController;
import dev.pergola.registry.publish.PublishController;
import dev.pergola.registry.publish.PublishProperties;
import dev.pergola.registry.publish.Publisher;
import dev.pergola.registry.rollout.LiveManifests;
import dev.pergola.registry.team.TeamHosts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How versions come in.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ PublishProperties.class, PortalProperties.class, EgressProperties.class,
		ContentProperties.class })
class PublishConfiguration {

	@Bean
	Gate registryGate(PublishProperties properties, PortalProperties portal, TeamHosts hosts,
			ReservationStore reservations, LiveManifests live, VersionStore versions, BundleStore bundles) {
		return new Gate(properties, portal, hosts, reservations, live, versions, bundles);
	}

	@Bean
	ContentUses registryContentUses(RegistryDatabase database) {
		return new ContentUses(database);
	}

	@Bean
	ContentSweep registryContentSweep(BundleStore bundles, ContentUses uses, ContentProperties properties,
			ObjectProvider<MeterRegistry> meters) {
		return new ContentSweep(bundles, uses, properties, meters.getIfUnique(() -> Metrics.globalRegistry));
	}

	@Bean
	Publisher registryPublisher(Gate gate, PublishProperties properties, BundleStore bundles, ContentUses uses,
			Journal journal, AuditStore audit, ModuleStore modules, VersionStore versions) {
		return new Publisher(gate, new Unpacker(properties.archive()), bundles, uses, journal, audit, modules,
				versions);
	}

	@Bean
	PiletUploadController registryPiletUploadController(Publisher publisher, PublishProperties properties,
			RegistryProperties registry) {
		return new PiletUploadController(publisher, properties, registry.work());
	}

	@Bean
	PublishController registryPublishController(Publisher publisher, PublishProperties properties, TeamHosts hosts,
			EgressProperties egress, RegistryProperties registry, ObjectProvider<MeterRegistry> meters) {
		AddressUpload addresses = new AddressUpload(properties, hosts, new Fetcher(egress));
		return new PublishController(publisher, addresses, properties, registry.work(),
				meters.getIfUnique(() -> Metrics.globalRegistry));
	}

}

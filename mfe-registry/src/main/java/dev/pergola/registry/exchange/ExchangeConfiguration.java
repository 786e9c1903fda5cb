package dev.pergola.registry.exchange;

import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.catalog.CatalogFeed;
import dev.pergola.registry.module.ModuleStates;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.rollout.ChannelStore;
import dev.pergola.registry.rollout.LiveManifests;
import dev.pergola.registry.schedule.Plans;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the registry answers to tools of other hosts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExchangeProperties.class)
public class ExchangeConfiguration {

	@Bean
	LiveEntries registryLiveEntries(CatalogFeed feed, ChannelStore channels, LiveManifests manifests,
			ExchangeProperties properties) {
		return new LiveEntries(feed, channels, manifests, properties.publicOrigin());
	}

	@Bean
	ImportMapController registryImportMapController(LiveEntries entries, VersionStore versions, Plans plans,
			ModuleStates states) {
		return new ImportMapController(entries, versions, plans, states);
	}

	@Bean
	DiscoveryController registryDiscoveryController(LiveEntries entries) {
		return new DiscoveryController(entries);
	}

	@Bean
	PiletController registryPiletController(LiveEntries entries, VersionStore versions, BundleStore bundles) {
		return new PiletController(new Pilets(entries, versions, bundles));
	}

}

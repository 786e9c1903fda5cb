package dev.pergola.bff.views;

import dev.pergola.bff.caller.Callers;
import dev.pergola.bff.egress.UpstreamClients;
import dev.pergola.bff.routing.Upstreams;
import dev.pergola.bff.streams.EventStreams;
import dev.pergola.registry.client.CatalogSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires views. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ViewProperties.class)
public class ViewsConfiguration {

	@Bean
	ViewPlans bffViewPlans(ViewProperties properties) {
		return new ViewPlans(properties);
	}

	@Bean
	ViewsController bffViewsController(CatalogSource catalog, ViewPlans plans, UpstreamClients clients,
			Upstreams upstreams, Callers callers, EventStreams streams, ViewProperties properties) {
		return new ViewsController(catalog, plans, new PartClient(clients.modules(), upstreams, properties), callers,
				streams, properties);
	}

}

package dev.pergola.bff.routing;

import java.util.List;

import dev.pergola.bff.filter.GatewayFilters;
import dev.pergola.bff.resilience.UpstreamGuards;
import dev.pergola.registry.client.CatalogSource;
import dev.pergola.registry.client.RegistryClientProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Wires routes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ RoutingProperties.class, ForwardProperties.class, RegistryClientProperties.class })
@Import(RegistrySecurity.class)
public class RoutingConfiguration {

	@Bean
	RouteTables bffRouteTables(CatalogSource catalog, GatewayFilters filters, UpstreamGuards guards,
			ContractFilters contracts, RoutingProperties properties, ForwardProperties forward,
			ObjectProvider<CatalogListener> listeners, RegistryClientProperties registry) {
		List<CatalogListener> ordered = listeners.orderedStream().toList();
		return new RouteTables(catalog,
				new RouteCompiler(filters, guards, contracts, properties, forward, registry.url()), ordered);
	}

	@Bean
	RouteTableMapping bffRouteTableMapping(RouteTables tables, Environment environment) {
		return new RouteTableMapping(new RouteHandler(), tables, environment);
	}

	@Bean
	RoutingHealth bffRoutingHealthIndicator(RouteTables tables) {
		return new RoutingHealth(tables);
	}

	@Bean
	MeterBinder bffRoutingMeters(RouteTables tables) {
		return (MeterRegistry registry) -> {
			Gauge.builder("pergola.bff.catalog.revision", tables, (all) -> all.current().revision())
				.description("Revision of the catalog the routes are of")
				.register(registry);
			Gauge.builder("pergola.bff.modules", tables, (all) -> all.current().modules().size())
				.description("Modules in the route table")
				.register(registry);
			Gauge.builder("pergola.bff.modules.broken", tables, (all) -> all.current().broken().size())
				.description("Modules whose route could not be made")
				.register(registry);
		};
	}

}

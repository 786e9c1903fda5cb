package dev.pergola.registry;

import dev.pergola.registry.bundle.BundleProperties;
import dev.pergola.registry.catalog.CatalogProperties;
import dev.pergola.registry.database.DatabaseProperties;
import dev.pergola.registry.navigation.NavigationProperties;
import dev.pergola.registry.exchange.ExchangeConfiguration;
import dev.pergola.registry.rollout.RolloutProperties;
import dev.pergola.registry.security.SecurityConfiguration;
import dev.pergola.registry.security.SecurityProperties;
import dev.pergola.registry.team.PublisherProperties;
import dev.pergola.registry.team.TeamProperties;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Makes a reactive web application a registry. Its beans carry names of their own and
 * none of them is of a type that other parts ask for.
 */
@AutoConfiguration(before = ReactiveWebSecurityAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnProperty(name = "pergola.registry.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ RegistryProperties.class, BundleProperties.class, DatabaseProperties.class,
		CatalogProperties.class, NavigationProperties.class, RolloutProperties.class, TeamProperties.class,
		PublisherProperties.class, SecurityProperties.class })
@Import({ StoreConfiguration.class, WebConfiguration.class, PublishConfiguration.class, NavigationConfiguration.class,
		ExchangeConfiguration.class, HealthConfiguration.class, SecurityConfiguration.class })
public class RegistryAutoConfiguration {

}

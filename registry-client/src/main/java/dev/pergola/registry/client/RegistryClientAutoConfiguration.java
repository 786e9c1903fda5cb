package dev.pergola.registry.client;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Gives a service the catalog: one {@link CatalogSource}, and a health indicator
 * {@code registry} where there is health.
 */
@AutoConfiguration(afterName = { "org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration",
		"dev.pergola.registry.RegistryAutoConfiguration" })
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnProperty(name = "pergola.registry-client.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RegistryClientProperties.class)
public class RegistryClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(CatalogSource.class)
	CatalogWatch catalogSource(RegistryClientProperties properties, ObjectProvider<WebClient.Builder> builders) {
		WebClient.Builder builder = builders.getIfAvailable(WebClient::builder).clone();
		return new CatalogWatch(new CatalogMemory(Clock.systemUTC()), new CatalogFile(properties.directory()),
				new CatalogStream(builder, properties), properties);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ReactiveHealthIndicator.class)
	static class HealthConfiguration {

		@Bean
		@ConditionalOnEnabledHealthIndicator("registry")
		@ConditionalOnMissingBean(name = "registryHealthIndicator")
		ReactiveHealthIndicator registryHealthIndicator(CatalogSource source) {
			return new CatalogHealthIndicator(source);
		}

	}

}

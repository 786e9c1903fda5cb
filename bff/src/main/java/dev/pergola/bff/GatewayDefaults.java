package dev.pergola.bff;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Leaves the gateway's own configuration out: the bff uses its parts as a library. So
 * there are no filters and predicates that could be named in a text, no second route
 * table, no scan of routes and no endpoint that changes them.
 */
class GatewayDefaults implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources()
			.addLast(new MapPropertySource("pergolaGatewayDefaults",
					Map.of("spring.cloud.gateway.server.webflux.enabled", "false")));
	}

}

package dev.pergola.bench;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Spring Cloud Gateway as it comes, with one route and no security.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class StockGateway {

	static void run(String port, String upstream) {
		SpringApplication application = new SpringApplication(StockGateway.class);
		application.setDefaultProperties(
				Map.of("server.port", port, "server.address", "127.0.0.1", "bench.upstream", upstream));
		application.run();
	}

	@Bean
	RouteLocator routes(RouteLocatorBuilder builder, Environment environment) {
		return builder.routes()
			.route((route) -> route.path("/api/deals/**")
				.filters((filters) -> filters.stripPrefix(2))
				.uri(environment.getRequiredProperty("bench.upstream")))
			.build();
	}

}

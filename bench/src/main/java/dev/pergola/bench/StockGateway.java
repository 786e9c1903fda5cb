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
 * Spring Cloud Gateway as it comes, with its routes and no security.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class StockGateway {

	static void run(String port, String upstream, int before) {
		SpringApplication application = new SpringApplication(StockGateway.class);
		application.setDefaultProperties(Map.of("server.port", port, "server.address", "127.0.0.1", "bench.upstream",
				upstream, "bench.before", before));
		application.run();
	}

	@Bean
	RouteLocator routes(RouteLocatorBuilder builder, Environment environment) {
		RouteLocatorBuilder.Builder routes = builder.routes();
		String upstream = environment.getRequiredProperty("bench.upstream");
		for (int i = 0; i < environment.getRequiredProperty("bench.before", Integer.class); i++) {
			String path = "/api/bench-%d/**".formatted(i);
			routes.route((route) -> route.path(path).filters((filters) -> filters.stripPrefix(2)).uri(upstream));
		}
		return routes
			.route((route) -> route.path("/api/deals/**").filters((filters) -> filters.stripPrefix(2)).uri(upstream))
			.build();
	}

}

package dev.pergola.bff;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.gateway.actuate.AbstractGatewayControllerEndpoint;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;

import static org.assertj.core.api.Assertions.assertThat;

/** The gateway is a library here: none of it can be reached by a text. */
class GatewayPartsIntegrationTests {

	private static TestBff bff;

	@BeforeAll
	static void start() {
		bff = TestBff.start("management.server.port=0", "management.endpoints.web.exposure.include=*",
				"management.endpoint.gateway.access=unrestricted");
	}

	@AfterAll
	static void stop() {
		bff.close();
	}

	@Test
	@Tag("security-27")
	@Tag("security-43")
	void noFilterOrPredicateCanBeNamed() {
		for (Class<?> part : List.of(GatewayFilterFactory.class, RoutePredicateFactory.class,
				RouteDefinitionLocator.class, AbstractGatewayControllerEndpoint.class)) {
			assertThat(bff.context().getBeanNamesForType(part)).as(part.getSimpleName()).isEmpty();
		}
	}

	// What the checks for CVE-2022-22947, CVE-2025-41243 and CVE-2025-41253 send.
	@Test
	@Tag("security-44")
	void noRouteCanBeMadeOverHttp() {
		String expression = "#{T(java.lang.Runtime).getRuntime().exec('id')}";
		String route = """
				{"id": "x", "uri": "http://localhost:1", "predicates": ["Path=/x"],
				 "filters": [{"name": "AddResponseHeader", "args": {"name": "Result", "value": "%s"}}]}"""
			.formatted(expression);
		int management = bff.context().getEnvironment().getProperty("local.management.port", Integer.class, 0);
		assertThat(management).isPositive().isNotEqualTo(bff.port());
		for (int port : new int[] { bff.port(), management }) {
			for (String path : List.of("/actuator/gateway/routes/x", "/actuator/gateway/refresh", "/actuator/env",
					"/gateway/routes/x")) {
				assertThat(send(port, path, route).statusCode()).as(port + path).isIn(401, 403, 404, 405);
			}
			HttpRequest routes = HttpRequest
				.newBuilder(URI.create("http://localhost:" + port + "/actuator/gateway/routes"))
				.build();
			assertThat(TestBff.send(routes).statusCode()).isIn(401, 404);
		}
	}

	private static HttpResponse<String> send(int port, String path, String body) {
		return TestBff.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

}

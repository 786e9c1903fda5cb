package dev.pergola.bff.filter;

import dev.pergola.bff.problem.ProblemHandler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

class PathStrictnessTests {

	@ParameterizedTest
	@ValueSource(strings = { "/api/a//b", "//api", "/api/a/../b", "/api/a/./b", "/api/a/%2e%2e/b", "/api/a/%2E/b",
			"/api/a%2fb", "/api/a%5Cb", "/api/a;x=1/b", "/api/a%3Bb", "/api/a/..", "/api/%00", "/api/%0d%0a",
			"/api/%c0%ae%c0%ae/x", "/api/%ff", "/api/%252e", "/api/%2", "/api/%zz", "/api/a\\b", "/api//" })
	@Tag("security-37")
	void refusesPathsThatCanBeReadInTwoWays(String path) {
		assertThat(PathStrictness.isPlain(path)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/api", "/api/a", "/api/a/", "/api/a/b.c/d-e_f~g", "/api/%C3%A4", "/api/a%20b",
			"/api/...", "/api/100%25", "/api/a:b@c", "/modules/m/1.0.0+x/a.js" })
	void letsPlainPathsPass(String path) {
		assertThat(PathStrictness.isPlain(path)).isTrue();
	}

	@Test
	void answersWithAProblem() {
		PathStrictness filter = new PathStrictness(new ProblemHandler(JsonMapper.builder().build()));
		MockServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.method(HttpMethod.GET, java.net.URI.create("http://x/api/a%2fb")));
		filter.filter(exchange, (next) -> Mono.error(new AssertionError("reached"))).block();
		assertThat(exchange.getResponse().getStatusCode().value()).isEqualTo(400);
		assertThat(exchange.getResponse().getBodyAsString().block()).contains("/problems/bad-path", "traceId");
	}

}

package dev.pergola.registry.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Answers every failure below {@code /registry} with a problem (RFC 9457): those of its
 * controllers, those before a controller is found, and those of security.
 */
@RestControllerAdvice("dev.pergola.registry")
@Order(Ordered.HIGHEST_PRECEDENCE)
public class ProblemHandler implements WebExceptionHandler {

	private static final Logger LOGGER = LoggerFactory.getLogger(ProblemHandler.class);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		String path = exchange.getRequest().getPath().pathWithinApplication().value();
		return path.startsWith("/registry/") ? answer(exchange, failure) : Mono.error(failure);
	}

	@ExceptionHandler
	Mono<Void> handleController(Throwable failure, ServerWebExchange exchange) {
		return answer(exchange, failure);
	}

	/** Answer to who is not let in. */
	public Mono<Void> unauthenticated(ServerWebExchange exchange, AuthenticationException failure) {
		return answer(exchange, failure);
	}

	/** Answer to who may not do something. */
	public Mono<Void> forbidden(ServerWebExchange exchange, AccessDeniedException failure) {
		return answer(exchange, failure);
	}

	private static Mono<Void> answer(ServerWebExchange exchange, Throwable failure) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			return Mono.error(failure);
		}
		Problem problem = Problems.of(failure);
		String traceId = TraceIds.of(exchange);
		log(exchange, failure, problem, traceId);
		response.setStatusCode(problem.status());
		problem.headers().forEach((name, values) -> response.getHeaders().put(name, values));
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		byte[] body = JSON.writeValueAsBytes(problem.body(traceId));
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	private static void log(ServerWebExchange exchange, Throwable failure, Problem problem, String traceId) {
		if (problem.status().value() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
			LOGGER.warn("request failed, method={} path={} problem={} traceId={} cause={}",
					exchange.getRequest().getMethod(), exchange.getRequest().getPath().value(), problem.name(), traceId,
					failure.toString());
		}
		else if (problem.status().is5xxServerError()) {
			LOGGER.error("request failed, method={} path={} problem={} traceId={}", exchange.getRequest().getMethod(),
					exchange.getRequest().getPath().value(), problem.name(), traceId, failure);
		}
		else {
			LOGGER.debug("request refused, method={} path={} problem={} traceId={}", exchange.getRequest().getMethod(),
					exchange.getRequest().getPath().value(), problem.name(), traceId);
		}
	}

}

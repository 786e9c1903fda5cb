package dev.pergola.bridge.web;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;

import dev.pergola.bridge.run.RunConflictException;
import dev.pergola.bridge.run.RunController;
import dev.pergola.bridge.run.RunNotFoundException;
import dev.pergola.bridge.run.TooManyRunsException;
import dev.pergola.bridge.runner.RunnerNotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers each exception of the bridge with a problem (RFC 9457).
 */
@RestControllerAdvice(basePackageClasses = RunController.class)
public class ProblemHandler {

	@ExceptionHandler(RunnerNotFoundException.class)
	ProblemDetail on(RunnerNotFoundException ex, ServerWebExchange exchange) {
		return problem(HttpStatus.NOT_FOUND, "unknown-runner", ex.getMessage(), exchange);
	}

	@ExceptionHandler(RunNotFoundException.class)
	ProblemDetail on(RunNotFoundException ex, ServerWebExchange exchange) {
		return problem(HttpStatus.NOT_FOUND, "unknown-run", ex.getMessage(), exchange);
	}

	@ExceptionHandler(RunConflictException.class)
	ProblemDetail on(RunConflictException ex, ServerWebExchange exchange) {
		return problem(HttpStatus.CONFLICT, "run-conflict", ex.getMessage(), exchange);
	}

	@ExceptionHandler(TooManyRunsException.class)
	ResponseEntity<ProblemDetail> on(TooManyRunsException ex, ServerWebExchange exchange) {
		return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
			.header(HttpHeaders.RETRY_AFTER, seconds(ex.retryAfter()))
			.body(problem(HttpStatus.TOO_MANY_REQUESTS, "too-many-runs", ex.getMessage(), exchange));
	}

	@ExceptionHandler(DataBufferLimitException.class)
	ProblemDetail on(DataBufferLimitException ex, ServerWebExchange exchange) {
		return problem(HttpStatus.CONTENT_TOO_LARGE, "too-large", "the input is larger than it may be", exchange);
	}

	@ExceptionHandler({ IllegalArgumentException.class, MissingRequestValueException.class })
	ProblemDetail on(Exception ex, ServerWebExchange exchange) {
		return problem(HttpStatus.BAD_REQUEST, "bad-input", ex.getMessage(), exchange);
	}

	/** A guess, so neither at once nor never. */
	private static String seconds(Duration wait) {
		return Long.toString(Math.clamp(wait.toSeconds(), 1, 60));
	}

	private static ProblemDetail problem(HttpStatus status, String name, @Nullable String detail,
			ServerWebExchange exchange) {
		ProblemDetail problem = ProblemDetail.forStatus(status);
		problem.setDetail(detail);
		problem.setType(URI.create("/problems/" + name));
		problem.setProperty("traceId", traceId(exchange));
		return problem;
	}

	/** The trace id of a W3C `traceparent`, or a new one. */
	private static String traceId(ServerWebExchange exchange) {
		String parent = exchange.getRequest().getHeaders().getFirst("traceparent");
		return (parent != null && parent.length() >= 35) ? parent.substring(3, 35)
				: UUID.randomUUID().toString().replace("-", "");
	}

}

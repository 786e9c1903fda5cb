package dev.pergola.bff.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/** Answers every failure under the paths of the bff with a problem (RFC 9457). */
public final class ProblemHandler implements WebExceptionHandler, Ordered {

	private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

	private static final List<String> OWN_PATHS = List.of("/api/", "/views/", "/agents/", "/modules/", "/openapi/",
			"/upstreams/", "/.well-known/mercure/");

	private static final String ANSWERED = ProblemHandler.class.getName() + ".answered";

	private final JsonMapper json;

	public ProblemHandler(JsonMapper json) {
		this.json = json;
	}

	/** Before Spring Boot's own handler, which is at -1. */
	@Override
	public int getOrder() {
		return -2;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable ex) {
		BffException failure = translate(exchange, ex);
		// What Spring Security throws becomes a challenge or a redirect elsewhere.
		if (failure == null || exchange.getResponse().isCommitted() || ex instanceof AuthenticationException
				|| ex instanceof AccessDeniedException) {
			return Mono.error(ex);
		}
		return write(exchange, failure, ex);
	}

	/**
	 * Answers with a problem.
	 * @param cause what is logged when it is a fault of ours
	 */
	public Mono<Void> write(ServerWebExchange exchange, BffException failure, Throwable cause) {
		exchange.getAttributes().put(ANSWERED, failure.failure().type());
		HttpStatusCode status = status(failure);
		String traceId = Trace.of(exchange).traceId();
		report(exchange, failure, status, traceId, cause);
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		headers.clear();
		headers.set(HttpHeaders.CONTENT_TYPE, "application/problem+json");
		headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
		headers.set("X-Content-Type-Options", "nosniff");
		advise(headers, failure);
		failure.headers().forEach(headers::set);
		if (failure.members().get("retryAfter") instanceof Integer seconds) {
			headers.set(HttpHeaders.RETRY_AFTER, seconds.toString());
		}
		response.setStatusCode(status);
		byte[] body = this.json.writeValueAsBytes(body(failure, status, traceId));
		return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
	}

	/**
	 * Type of the problem a request was answered with.
	 * @param attributes of the exchange
	 * @return {@code null} when it was not
	 */
	public static @Nullable String answered(Map<String, Object> attributes) {
		return (String) attributes.get(ANSWERED);
	}

	private static Map<String, Object> body(BffException failure, HttpStatusCode status, String traceId) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("type", "/problems/" + failure.failure().type());
		HttpStatus known = HttpStatus.resolve(status.value());
		body.put("title", (known != null) ? known.getReasonPhrase() : "Status " + status.value());
		body.put("status", status.value());
		body.put("detail", failure.detail());
		failure.members().forEach(body::putIfAbsent);
		body.put("traceId", traceId);
		return body;
	}

	private static void advise(HttpHeaders headers, BffException failure) {
		switch (failure.failure()) {
			case UNAUTHENTICATED -> headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
			case METHOD_NOT_ALLOWED -> headers.set(HttpHeaders.ALLOW, allowed(failure));
			case UPSTREAM_BUSY, UPSTREAM_UNAVAILABLE, CIRCUIT_OPEN, OVERLOADED, TOO_MANY_STREAMS, TOO_MANY_RUNS,
					REGISTRY_UNAVAILABLE, RUNS_UNAVAILABLE ->
				headers.set(HttpHeaders.RETRY_AFTER, "2");
			default -> {
			}
		}
	}

	private static String allowed(BffException failure) {
		return (failure.members().get("allowed") instanceof List<?> methods)
				? methods.stream().map(String::valueOf).collect(Collectors.joining(", ")) : "";
	}

	private static @Nullable BffException translate(ServerWebExchange exchange, Throwable ex) {
		if (ex instanceof BffException failure) {
			return failure;
		}
		String path = exchange.getRequest().getPath().value() + "/";
		if (OWN_PATHS.stream().noneMatch(path::startsWith)) {
			return null;
		}
		if (SlowBody.is(ex)) {
			return SlowBody.failure(ex);
		}
		if (ex instanceof ErrorResponse response) {
			HttpStatusCode status = response.getStatusCode();
			Failure failure = (status.value() == 404) ? Failure.NOT_FOUND
					: status.is4xxClientError() ? Failure.BAD_REQUEST : Failure.INTERNAL;
			HttpStatus known = HttpStatus.resolve(status.value());
			String detail = (known != null) ? known.getReasonPhrase() : "Status " + status.value();
			return new BffException(failure, detail, Map.of("status", status.value()), ex);
		}
		return new BffException(Failure.INTERNAL, "The portal could not answer.", Map.of(), ex);
	}

	private static void report(ServerWebExchange exchange, BffException failure, HttpStatusCode status, String traceId,
			Throwable cause) {
		String path = exchange.getRequest().getPath().value();
		if (failure.failure() == Failure.INTERNAL) {
			log.error("problem: type={} status={} path={} traceId={}", failure.failure().type(), status.value(), path,
					traceId, cause);
		}
		else if (status.is5xxServerError()) {
			log.warn("problem: type={} status={} path={} traceId={} cause={}", failure.failure().type(), status.value(),
					path, traceId, (failure.getCause() != null) ? failure.getCause().toString() : failure.detail());
		}
	}

	private static HttpStatusCode status(BffException failure) {
		if (failure.members().get("status") instanceof Integer status) {
			return HttpStatusCode.valueOf(status);
		}
		return status(failure.failure());
	}

	/** The usual status of a kind of failure. */
	public static HttpStatus status(Failure failure) {
		return switch (failure) {
			case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
			case FORBIDDEN -> HttpStatus.FORBIDDEN;
			case BAD_PATH, TOPIC_MISSING, BAD_REQUEST, BAD_RUN_INPUT, CONTRACT_VIOLATION -> HttpStatus.BAD_REQUEST;
			case METHOD_NOT_ALLOWED -> HttpStatus.METHOD_NOT_ALLOWED;
			case UNKNOWN_MODULE, MODULE_WITHOUT_UPSTREAM, UNKNOWN_VIEW, UNKNOWN_AGENT, UNKNOWN_RUN, UNKNOWN_THREAD,
					UNKNOWN_FILE, NOT_FOUND ->
				HttpStatus.NOT_FOUND;
			case RUN_CONFLICT, INTERRUPT_OPEN -> HttpStatus.CONFLICT;
			case INTERRUPT_EXPIRED, BAD_RESUME -> HttpStatus.UNPROCESSABLE_CONTENT;
			case HISTORY_LOST -> HttpStatus.GONE;
			case BODY_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
			case HEADERS_TOO_LARGE -> HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
			case ADDRESS_TOO_LONG -> HttpStatus.URI_TOO_LONG;
			case REQUEST_TIMEOUT -> HttpStatus.REQUEST_TIMEOUT;
			case EXPECTATION_FAILED -> HttpStatus.EXPECTATION_FAILED;
			case TOO_MANY_CALLS, TOO_MANY_RUNS, TOO_MANY_STREAMS, AGENT_BUDGET_SPENT -> HttpStatus.TOO_MANY_REQUESTS;
			case MODULE_DISABLED, UPSTREAM_UNAVAILABLE, UPSTREAM_BUSY, CIRCUIT_OPEN, OVERLOADED, REGISTRY_UNAVAILABLE,
					RUNS_UNAVAILABLE ->
				HttpStatus.SERVICE_UNAVAILABLE;
			case MODULE_BROKEN, UPSTREAM_FAILED, ADDRESS_REFUSED, VIEW_PART_FAILED, FILE_DAMAGED ->
				HttpStatus.BAD_GATEWAY;
			case UPSTREAM_TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
			case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
		};
	}

}

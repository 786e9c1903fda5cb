package dev.pergola.session.problem;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * A problem as RFC 9457 describes it.
 *
 * @param name last segment of {@code type}, after {@code /problems/}
 * @param status HTTP status
 * @param title the kind of problem, the same each time
 * @param detail what went wrong this time and what to do, without hosts, class names or
 * tokens
 */
public record Problem(String name, HttpStatus status, String title, String detail) {

	private static final String ANSWERED = Problem.class.getName() + ".answered";

	private static final JsonMapper json = JsonMapper.builder().build();

	/**
	 * Answers the request with this problem and the request's trace id.
	 * @param exchange request that failed; nothing is written when its response is
	 * already on its way
	 * @return completes when the answer is written
	 */
	public Mono<Void> write(ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			return Mono.empty();
		}
		exchange.getAttributes().put(ANSWERED, this.name);
		response.setStatusCode(this.status);
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		response.getHeaders().setCacheControl(CacheControl.noStore());
		byte[] body = json.writeValueAsString(body(exchange)).getBytes(StandardCharsets.UTF_8);
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	/**
	 * Name of the problem a request was answered with.
	 * @param attributes of the exchange
	 * @return {@code null} when it was not
	 */
	public static @Nullable String answered(Map<String, Object> attributes) {
		return (String) attributes.get(ANSWERED);
	}

	private Map<String, Object> body(ServerWebExchange exchange) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("type", "/problems/" + this.name);
		body.put("title", this.title);
		body.put("status", this.status.value());
		body.put("detail", this.detail);
		body.put("instance", exchange.getRequest().getPath().value());
		body.put("traceId", TraceId.of(exchange));
		return body;
	}

}

package dev.pergola.samples.partnerships;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;

/**
 * Problems (RFC 9457) of requests that reach no controller.
 */
class ProblemWriter {

	private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

	private final JsonMapper mapper;

	ProblemWriter(JsonMapper mapper) {
		this.mapper = mapper;
	}

	void forbidden(HttpServletRequest request, HttpServletResponse response, AccessDeniedException ex)
			throws IOException {
		boolean write = !"GET".equals(request.getMethod());
		write(request, response,
				problem(request, HttpStatus.FORBIDDEN, "forbidden",
						write ? "Changing partnerships needs partnerships:read and the role business or admin."
								: "Reading partnerships needs the permission partnerships:read."));
	}

	void unauthorized(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
			throws IOException {
		if (ex instanceof AuthenticationServiceException) {
			write(request, response, problem(request, HttpStatus.SERVICE_UNAVAILABLE, "issuer-unavailable",
					"The issuer of access tokens does not answer, so none can be checked."));
			return;
		}
		response.setHeader("WWW-Authenticate", "Bearer");
		write(request, response, problem(request, HttpStatus.UNAUTHORIZED, "unauthorized",
				"A valid access token of the portal is needed."));
	}

	static ProblemDetail problem(HttpServletRequest request, HttpStatus status, String name, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("/problems/" + name));
		problem.setProperty("traceId", traceId(request.getHeader("traceparent")));
		return problem;
	}

	private static String traceId(@Nullable String traceparent) {
		Matcher matcher = TRACEPARENT.matcher((traceparent != null) ? traceparent : "");
		return matcher.matches() ? matcher.group(1) : UUID.randomUUID().toString().replace("-", "");
	}

	private void write(HttpServletRequest request, HttpServletResponse response, ProblemDetail problem)
			throws IOException {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		members.put("type", problem.getType());
		members.put("title", problem.getTitle());
		members.put("status", problem.getStatus());
		members.put("detail", problem.getDetail());
		members.put("instance", request.getRequestURI());
		if (problem.getProperties() != null) {
			members.putAll(problem.getProperties());
		}
		response.setStatus(problem.getStatus());
		response.setContentType("application/problem+json");
		this.mapper.writeValue(response.getOutputStream(), members);
	}

}

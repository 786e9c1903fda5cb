package dev.pergola.samples.deals;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Deals and the agent over HTTP.
 */
class DealsHandler implements HttpHandler {

	private static final Logger log = Logger.getLogger(DealsHandler.class.getName());

	private static final int MAX_BODY_BYTES = 256 * 1024;

	private static final int MAX_LIMIT = 200;

	private static final Pattern DEAL = Pattern.compile("/deals/([^/]+)");

	private static final Pattern STAGE = Pattern.compile("/deals/([^/]+)/stage");

	private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

	private final JsonMapper mapper = new JsonMapper();

	private final DealStore store;

	private final AccessTokens tokens;

	private final DealResearcher researcher;

	DealsHandler(DealStore store, AccessTokens tokens, DealResearcher researcher) {
		this.store = store;
		this.tokens = tokens;
		this.researcher = researcher;
	}

	@Override
	public void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			try {
				route(exchange);
			}
			catch (Problem problem) {
				answer(exchange, problem);
			}
			catch (DateTimeException | NumberFormatException | JacksonException ex) {
				answer(exchange, Problem.of(400, "unreadable", "The request is not what this address takes."));
			}
			catch (RuntimeException ex) {
				log.log(Level.SEVERE, "Request failed: " + exchange.getRequestURI().getPath(), ex);
				answer(exchange, Problem.of(500, "internal", "Something went wrong on our side."));
			}
		}
	}

	private void route(HttpExchange exchange) throws IOException {
		String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
		if (call.equals("GET /health")) {
			this.store.find(DealQuery.ALL);
			answer(exchange, 200, Map.of("status", "UP"));
			return;
		}
		Caller caller = this.tokens.check(exchange.getRequestHeaders().getFirst("Authorization"));
		String path = exchange.getRequestURI().getPath();
		Matcher deal = DEAL.matcher(path);
		Matcher stage = STAGE.matcher(path);
		if (call.equals("GET /deals")) {
			caller.need("deals:read");
			list(exchange);
		}
		else if (call.startsWith("GET ") && deal.matches()) {
			caller.need("deals:read");
			answer(exchange, this.store.get(deal.group(1)));
		}
		else if (call.startsWith("PUT ") && stage.matches()) {
			caller.need("deals:read");
			caller.needAnyRole("business", "admin");
			move(exchange, stage.group(1));
		}
		else if (call.equals("POST /agents/deal-researcher")) {
			caller.need("deals:agent");
			research(exchange, caller);
		}
		else {
			throw Problem.notFound("There is nothing at this address.");
		}
	}

	private void list(HttpExchange exchange) throws IOException {
		Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
		List<Deal> found = this.store.find(DealQuery.of(parameters));
		int limit = Math.clamp(Integer.parseInt(parameters.getOrDefault("limit", "100")), 1, MAX_LIMIT);
		answer(exchange, 200, Map.of("items", found.stream().limit(limit).toList(), "total", found.size()));
	}

	private void move(HttpExchange exchange, String id) throws IOException {
		String match = exchange.getRequestHeaders().getFirst("If-Match");
		if (match == null) {
			throw Problem.of(428, "precondition-required", "Say with If-Match what you changed.");
		}
		String stage = body(exchange).path("stage").asString("");
		if (!Deal.STAGES.contains(stage)) {
			throw Problem.of(422, "invalid", "The stage must be one of %s.".formatted(String.join(", ", Deal.STAGES)));
		}
		answer(exchange, this.store.move(id, Long.parseLong(match.replace("\"", "").replaceFirst("^W/", "")), stage));
	}

	private void research(HttpExchange exchange, Caller caller) throws IOException {
		JsonNode input = body(exchange);
		exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
		exchange.getResponseHeaders().set("Cache-Control", "no-cache, no-transform");
		exchange.sendResponseHeaders(200, 0);
		this.researcher.run(input, caller, new AgentEvents(exchange.getResponseBody(), this.mapper));
	}

	private JsonNode body(HttpExchange exchange) throws IOException {
		byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
		if (bytes.length > MAX_BODY_BYTES) {
			throw Problem.of(413, "too-large", "The body is larger than this address takes.");
		}
		return this.mapper.readTree(bytes);
	}

	private void answer(HttpExchange exchange, Deal deal) throws IOException {
		exchange.getResponseHeaders().set("ETag", "\"" + deal.revision() + "\"");
		answer(exchange, 200, deal);
	}

	private void answer(HttpExchange exchange, int status, Object body) throws IOException {
		send(exchange, status, "application/json", body);
	}

	private void answer(HttpExchange exchange, Problem problem) throws IOException {
		if (exchange.getResponseCode() != -1) {
			return;
		}
		if (problem.status() == 401) {
			exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
		}
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("type", "/problems/" + problem.name());
		members.put("status", problem.status());
		members.put("detail", String.valueOf(problem.getMessage()));
		members.put("instance", exchange.getRequestURI().getPath());
		members.put("traceId", traceId(exchange.getRequestHeaders().getFirst("traceparent")));
		members.putAll(problem.members());
		send(exchange, problem.status(), "application/problem+json", members);
	}

	private void send(HttpExchange exchange, int status, String type, Object body) throws IOException {
		byte[] bytes = this.mapper.writeValueAsBytes(body);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.getResponseHeaders().set("Cache-Control", "no-store");
		exchange.sendResponseHeaders(status, bytes.length);
		try (OutputStream output = exchange.getResponseBody()) {
			output.write(bytes);
		}
	}

	private static Map<String, String> parameters(@Nullable String query) {
		Map<String, String> parameters = new HashMap<>();
		for (String pair : ((query != null) ? query : "").split("&")) {
			String[] parts = pair.split("=", 2);
			if (parts.length == 2) {
				parameters.put(decode(parts[0]), decode(parts[1]));
			}
		}
		return parameters;
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw Problem.of(400, "unreadable", "The query has a broken escape.");
		}
	}

	private static String traceId(@Nullable String traceparent) {
		Matcher matcher = TRACEPARENT.matcher((traceparent != null) ? traceparent : "");
		return matcher.matches() ? matcher.group(1) : UUID.randomUUID().toString().replace("-", "");
	}

}

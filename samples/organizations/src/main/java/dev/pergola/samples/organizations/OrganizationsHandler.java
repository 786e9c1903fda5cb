package dev.pergola.samples.organizations;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers with fragments below {@code /fragments}, and with whole pages elsewhere.
 */
class OrganizationsHandler implements HttpHandler {

	private static final Logger log = Logger.getLogger(OrganizationsHandler.class.getName());

	private static final int MAX_BODY_BYTES = 64 * 1024;

	private static final Pattern ONE = Pattern.compile("/organizations/([^/]+)");

	private static final Pattern EDIT = Pattern.compile("/organizations/([^/]+)/edit");

	private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

	private final OrganizationStore store;

	private final AccessTokens tokens;

	private final boolean standAlone;

	/**
	 * @param standAlone whether whoever reaches this application may read and write
	 */
	OrganizationsHandler(OrganizationStore store, AccessTokens tokens, boolean standAlone) {
		this.store = store;
		this.tokens = tokens;
		this.standAlone = standAlone;
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
			catch (RuntimeException ex) {
				log.log(Level.SEVERE, "Request failed: " + exchange.getRequestURI().getPath(), ex);
				answer(exchange, Problem.of(500, "internal", "Something went wrong on our side."));
			}
		}
	}

	private void route(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		if (path.equals("/health")) {
			this.store.find("none");
			send(exchange, 200, "application/json", "{\"status\": \"UP\"}");
			return;
		}
		if (path.equals("/style.css")) {
			send(exchange, 200, "text/css; charset=utf-8", style());
			return;
		}
		Caller caller = this.standAlone ? Caller.LOCAL
				: this.tokens.check(exchange.getRequestHeaders().getFirst("Authorization"));
		caller.need("organizations:read");
		boolean fragment = path.startsWith("/fragments/");
		String page = fragment ? path.substring("/fragments".length()) : path.equals("/") ? "/organizations" : path;
		Pages pages = new Pages(Words.of(exchange.getRequestHeaders().getFirst("Accept-Language")));
		Matcher one = ONE.matcher(page);
		Matcher edit = EDIT.matcher(page);
		String method = exchange.getRequestMethod();
		if (method.equals("GET") && page.equals("/organizations")) {
			html(exchange, fragment, 200, list(exchange, pages));
		}
		else if (method.equals("GET") && one.matches()) {
			Optional<Organization> found = this.store.find(one.group(1));
			html(exchange, fragment, found.isPresent() ? 200 : 404,
					found.map((organization) -> pages.detail(organization, caller.may("organizations:write")))
						.orElseGet(pages::missing));
		}
		else if (edit.matches() && (method.equals("GET") || method.equals("POST"))) {
			caller.need("organizations:write");
			Optional<Organization> found = this.store.find(edit.group(1));
			if (found.isEmpty()) {
				html(exchange, fragment, 404, pages.missing());
			}
			else if (method.equals("GET")) {
				html(exchange, fragment, 200, pages.edit(found.get(), OrganizationForm.of(found.get()), false));
			}
			else {
				save(exchange, fragment, pages, found.get());
			}
		}
		else {
			throw Problem.of(404, "not-found", "There is nothing at this address.");
		}
	}

	private Html list(HttpExchange exchange, Pages pages) {
		Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
		String q = query.getOrDefault("q", "");
		String industry = query.getOrDefault("industry", "");
		String page = query.getOrDefault("page", "1");
		List<String> industries = this.store.find("", "")
			.stream()
			.map(Organization::industry)
			.distinct()
			.sorted()
			.toList();
		return pages.list(this.store.find(q, industry), industries, q, industry,
				page.matches("[0-9]{1,6}") ? Integer.parseInt(page) : 1);
	}

	private void save(HttpExchange exchange, boolean fragment, Pages pages, Organization current) throws IOException {
		if (this.standAlone && !isFromThisPage(exchange)) {
			throw Problem.of(403, "foreign-form", "This form was not sent from this application.");
		}
		byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
		if (body.length > MAX_BODY_BYTES) {
			throw Problem.of(413, "too-large", "The form is larger than this address takes.");
		}
		OrganizationForm form = OrganizationForm.of(parameters(new String(body, StandardCharsets.UTF_8)));
		Optional<Organization> next = form.applyTo(current);
		if (next.isEmpty()) {
			html(exchange, fragment, 422, pages.edit(current, form, false));
			return;
		}
		if (!form.revision().equals(String.valueOf(current.revision())) || !this.store.update(next.get())) {
			long latest = this.store.find(current.id()).orElse(current).revision();
			html(exchange, fragment, 409, pages.edit(current, form.onRevision(latest), true));
			return;
		}
		exchange.getResponseHeaders().set("Location", "/organizations/" + current.id());
		exchange.sendResponseHeaders(303, -1);
	}

	// Without a token in every request a browser's own word is what keeps foreign pages
	// out.
	private static boolean isFromThisPage(HttpExchange exchange) {
		String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
		String origin = exchange.getRequestHeaders().getFirst("Origin");
		String host = exchange.getRequestHeaders().getFirst("Host");
		return "same-origin".equals(site) || origin != null && origin.equals("http://" + host);
	}

	private static void html(HttpExchange exchange, boolean fragment, int status, Html content) throws IOException {
		Words words = Words.of(exchange.getRequestHeaders().getFirst("Accept-Language"));
		Html answer = fragment ? content
				: Html.of(
						"""
								<!DOCTYPE html>
								<html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
								<title>{}</title><link rel="stylesheet" href="/style.css"></head><body><main>{}</main></body></html>
								""",
						words.locale().toLanguageTag(), words.get("application"), content);
		exchange.getResponseHeaders().set("Vary", "Accept-Language");
		send(exchange, status, "text/html; charset=utf-8", answer.text());
	}

	private static void answer(HttpExchange exchange, Problem problem) throws IOException {
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
		send(exchange, problem.status(), "application/problem+json", new JsonMapper().writeValueAsString(members));
	}

	private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.getResponseHeaders().set("Cache-Control", "no-store");
		exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
		exchange.getResponseHeaders()
			.set("Content-Security-Policy",
					"default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'");
		exchange.sendResponseHeaders(status, bytes.length);
		try (OutputStream output = exchange.getResponseBody()) {
			output.write(bytes);
		}
	}

	private static String style() throws IOException {
		String file = "/samples/organizations/style.css";
		try (InputStream css = Objects.requireNonNull(OrganizationsHandler.class.getResourceAsStream(file), file)) {
			return new String(css.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static Map<String, String> parameters(@Nullable String encoded) {
		Map<String, String> parameters = new HashMap<>();
		for (String pair : ((encoded != null) ? encoded : "").split("&")) {
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
			throw Problem.of(400, "unreadable", "The request has a broken escape.");
		}
	}

	private static String traceId(@Nullable String traceparent) {
		Matcher matcher = TRACEPARENT.matcher((traceparent != null) ? traceparent : "");
		return matcher.matches() ? matcher.group(1) : UUID.randomUUID().toString().replace("-", "");
	}

}

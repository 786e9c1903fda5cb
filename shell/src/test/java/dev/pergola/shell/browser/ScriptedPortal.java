package dev.pergola.shell.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A portal that serves the runtime as the real one does, and for the rest what a test
 * wants: pages, modules, a catalog, scripted answers.
 */
final class ScriptedPortal implements AutoCloseable {

	private static final String POLICY = "default-src 'self'; script-src 'nonce-n0nce' 'strict-dynamic'; "
			+ "object-src 'none'; base-uri 'none'; style-src 'self' 'nonce-n0nce'; require-trusted-types-for 'script'; "
			+ "trusted-types pergola lit-html";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final Map<String, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>>> routes = new ConcurrentHashMap<>();

	private final Map<String, ScriptedModule> modules = new LinkedHashMap<>();

	private final List<Map<String, Object>> slots = new ArrayList<>();

	private final List<Map<String, Object>> agents = new ArrayList<>();

	private final Map<String, String> pages = new ConcurrentHashMap<>();

	private final Map<String, Object> settings = new LinkedHashMap<>(Map.of("catalogJitterMillis", 0));

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final Sinks.Many<String> events = Sinks.many().multicast().directBestEffort();

	private final List<JsonNode> reports = new CopyOnWriteArrayList<>();

	private final DisposableServer server;

	private volatile int revision = 1;

	private volatile String menu = "Menu";

	ScriptedPortal() {
		this.server = HttpServer.create().port(0).host("localhost").handle(this::answer).bindNow();
	}

	String url(String path) {
		return "http://localhost:" + this.server.port() + path;
	}

	/** Addresses asked for, in order: method and path with query. */
	List<String> requests() {
		return this.requests;
	}

	ScriptedPortal page(String path, String main) {
		this.pages.put(path, main);
		return this;
	}

	ScriptedPortal module(ScriptedModule module) {
		this.modules.put(module.name(), module);
		module.files()
			.forEach((path, content) -> answer(path,
					path.endsWith(".css") ? "text/css" : path.endsWith(".html") ? "text/html" : "text/javascript",
					content));
		return this;
	}

	ScriptedPortal slot(String slot, String module, String element, int order) {
		this.slots.add(Map.of("module", module, "slot", slot, "element", element, "order", order));
		return this;
	}

	ScriptedPortal agent(String module, String id, String title) {
		this.agents.add(Map.of("module", module, "id", id, "title", title));
		return this;
	}

	ScriptedPortal setting(String name, Object value) {
		this.settings.put(name, value);
		return this;
	}

	/** Takes reports of the health of modules, which tabs send soon. */
	ScriptedPortal reporting() {
		setting("reportMillis", 50);
		return route("/reports", (request, response) -> {
			boolean asked = "1".equals(request.requestHeaders().get("X-Pergola"));
			return request.receive().aggregate().asString().flatMap((body) -> {
				JSON.readTree(body).path("items").forEach(this.reports::add);
				return response.status(asked ? 202 : 403).send();
			});
		});
	}

	/** What was reported, each an item of a batch, in order. */
	List<JsonNode> reports() {
		return this.reports;
	}

	ScriptedPortal menu(String text) {
		this.menu = text;
		return this;
	}

	/** Answers an address. */
	ScriptedPortal answer(String path, String type, String body) {
		return route(path, (request, response) -> response.header("Content-Type", type).sendString(Mono.just(body)));
	}

	ScriptedPortal route(String path, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> route) {
		this.routes.put(path, route);
		return this;
	}

	/** Tells open tabs that the catalog changed. */
	void changed() {
		this.revision++;
		this.events.tryEmitNext(news());
	}

	private String news() {
		return """
				id: %d
				data: {"topic":"catalog","type":"catalog.changed","ref":{"revision":%d}}

				""".formatted(this.revision, this.revision);
	}

	private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		this.requests.add(request.method() + " " + request.uri());
		String path = request.uri().replaceAll("\\?.*", "");
		var route = this.routes.get(path);
		if (route != null) {
			return route.apply(request, response);
		}
		if (path.startsWith("/assets/") || path.startsWith("/tests/") || path.startsWith("/samples/")
				|| path.startsWith("/libraries/")) {
			return file(path, response);
		}
		if (path.equals("/catalog")) {
			return response.header("Content-Type", "application/json").sendString(Mono.just(json(catalog())));
		}
		if (path.equals("/.well-known/mercure")) {
			Mono<String> missed = Mono.fromSupplier(this::news)
				.filter((news) -> !request.uri().endsWith("&last_event_id=" + this.revision));
			return response.sse().sendString(Flux.merge(this.events.asFlux(), missed), StandardCharsets.UTF_8);
		}
		String main = this.pages.get(path);
		if (main == null) {
			return response.status(404).sendString(Mono.just("not here"));
		}
		return response.header("Content-Type", "text/html;charset=UTF-8")
			.header("Content-Security-Policy", POLICY)
			.sendString(Mono.just(html(path, main)));
	}

	private Publisher<Void> file(String path, HttpServerResponse response) {
		String type = path.endsWith(".js") ? "text/javascript" : path.endsWith(".css") ? "text/css" : "image/svg+xml";
		byte[] bytes = path.startsWith("/tests/")
				? read(Path.of("src/test/browser"), path.substring("/tests/".length()))
				: path.startsWith("/samples/") ? sample(path) : asset(path.replaceFirst("^/libraries/", "/_static/"));
		return (bytes == null) ? response.sendNotFound()
				: response.header("Content-Type", type).sendByteArray(Mono.just(bytes));
	}

	private static byte @Nullable [] asset(String path) {
		try (InputStream in = ScriptedPortal.class.getResourceAsStream("/META-INF/resources" + path)) {
			return (in == null) ? null : in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A source of a sample: {@code /samples/deals/portal.js}. */
	private static byte[] sample(String path) {
		String[] names = path.split("/", 4);
		return read(Path.of("../samples", names[2], "src/main/web"), names[3]);
	}

	private static byte[] read(Path folder, String name) {
		try {
			return Files.readAllBytes(folder.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, Object> catalog() {
		return Map.of("revision", this.revision, "subject", "ada", "modules",
				this.modules.values().stream().map(ScriptedModule::listed).toList(), "pages", List.of(), "slots",
				List.copyOf(this.slots), "navigation",
				List.of(Map.of("group", this.menu, "items", List.of(Map.of("title", "Second page", "href", "/two")))),
				"agents", List.copyOf(this.agents));
	}

	private String html(String path, String main) {
		Map<String, String> integrity = new LinkedHashMap<>();
		this.modules.values().forEach((module) -> integrity.putAll(module.integrity()));
		String map = json(Map.of("imports",
				Map.of("lit", "/assets/lib/lit.js", "@pergola/client", "/assets/client/index.js", "@pergola/client/",
						"/assets/client/agents/", "@pergola/client/agents.js", "/assets/client/agents/index.js",
						"@pergola/shell", "/assets/shell/index.js", "@pergola/design", "/assets/design/define.js",
						"@pergola/design/", "/assets/design/", "react", "/tests/react.js"),
				"integrity", integrity));
		Map<String, Object> told = new LinkedHashMap<>(Map.of("development", true, "session",
				Map.of("subject", "ada", "name", "Ada"), "settings", this.settings, "catalog", catalog()));
		if (this.routes.containsKey("/reports")) {
			told.put("reportUrl", "/reports");
		}
		String state = json(told);
		return """
				<!doctype html><html lang="en"><head><title>%s - Pergola</title>
				<link rel="stylesheet" href="/assets/design/tokens.css"><link rel="stylesheet" href="/assets/design/pergola.css">
				<script type="importmap" nonce="n0nce">%s</script>
				<script type="module" nonce="n0nce" src="/assets/shell/start.js"></script></head>
				<body><div class="pergola-app"><header class="pergola-banner">
				<a href="/assistant" data-pergola-assistant>Open the assistant</a>
				<a href="/search" data-pergola-palette>Search</a></header>
				<nav id="pergola-navigation"><p>%s</p><a href="/">Home</a><a href="/two">Two</a></nav>
				<main id="main" tabindex="-1"><h1>Page %s</h1>%s</main></div>
				<script type="application/json" id="pergola-page-state">%s</script></body></html>
				"""
			.formatted(path, map, this.menu, path, main, state.replace("<", "\\u003c"));
	}

	private static String json(Object value) {
		return JSON.writeValueAsString(value);
	}

	@Override
	public void close() {
		this.server.dispose();
	}

}

package dev.pergola.shell;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A registry, or another service of the portal, that answers what a test says and
 * remembers what it was told.
 */
public final class FakeRegistry {

	private final Map<String, Answer> answers = new ConcurrentHashMap<>();

	private final List<String> writes = new CopyOnWriteArrayList<>();

	private final List<String> tokens = new CopyOnWriteArrayList<>();

	private volatile @Nullable BiFunction<HttpServerRequest, HttpServerResponse, Mono<Void>> instead;

	private final DisposableServer server = HttpServer.create().port(0).handle(this::answer).bindNow();

	public String url() {
		return "http://localhost:" + this.server.port();
	}

	public void stop() {
		this.server.disposeNow();
	}

	public void reset() {
		this.instead = null;
		this.answers.clear();
		this.writes.clear();
		this.tokens.clear();
	}

	public void on(String methodAndPath, int status, String json) {
		this.answers.put(methodAndPath, new Answer(status, "\"7\"", json));
	}

	public void on(String methodAndPath, int status, String tag, String json) {
		this.answers.put(methodAndPath, new Answer(status, tag, json));
	}

	/** Answers everything in another way, until it is reset. */
	public void instead(BiFunction<HttpServerRequest, HttpServerResponse, Mono<Void>> instead) {
		this.instead = instead;
	}

	/** Method, path, {@code If-Match} and body of each write. */
	public List<String> writes() {
		return this.writes;
	}

	public List<String> tokens() {
		return this.tokens;
	}

	private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		var instead = this.instead;
		if (instead != null) {
			return instead.apply(request, response);
		}
		String path = request.uri().replace("/registry/v1", "");
		String what = request.method() + " " + path;
		return request.receive().aggregate().asString().defaultIfEmpty("").flatMap((body) -> {
			this.tokens.add(String.valueOf(request.requestHeaders().get("Authorization")));
			if (!request.method().name().equals("GET")) {
				this.writes.add((what + " " + request.requestHeaders().get("If-Match") + " " + body).strip());
			}
			Answer answer = this.answers.getOrDefault(what,
					new Answer(404, "\"0\"", "{\"status\":404,\"detail\":\"nothing there\"}"));
			response.status(answer.status()).header("ETag", answer.tag()).header("Content-Type", "application/json");
			return response.sendString(Mono.just(answer.json())).then();
		});
	}

	private record Answer(int status, String tag, String json) {
	}

}

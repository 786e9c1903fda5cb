package dev.pergola.cli.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The registry's API. Whatever is not a good answer is a {@link CommandException}. The
 * team token goes to this registry only: redirections are not followed.
 */
public final class RegistryApi implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpClient http = HttpClient.newBuilder()
		.followRedirects(Redirect.NEVER)
		.connectTimeout(Duration.ofSeconds(10))
		.build();

	private final URI url;

	private final @Nullable String token;

	private final @Nullable String reason;

	private final Consumer<String> log;

	/**
	 * Creates a client.
	 * @param url address of the portal
	 * @param token team token, {@code null} to call without
	 * @param reason why something is changed, {@code null} to say nothing
	 * @param log is told each call in one line, without the token
	 */
	public RegistryApi(URI url, @Nullable String token, @Nullable String reason, Consumer<String> log) {
		this.url = url;
		this.token = token;
		this.reason = reason;
		this.log = log;
	}

	/**
	 * Asks for something that has to be there.
	 * @param segments path below {@code /registry/v1}, not encoded
	 */
	public Answer get(String... segments) {
		return send(request("", segments).GET());
	}

	/**
	 * Asks with parameters.
	 * @param parameters values by name, not encoded; empty lists are left out
	 */
	public Answer query(Map<String, List<String>> parameters, String... segments) {
		return send(request(text(parameters), segments).GET());
	}

	/** Takes something away. */
	public Answer delete(String... segments) {
		return send(request("", segments).DELETE());
	}

	/** Asks for something that may be missing. */
	public Optional<Answer> find(String... segments) {
		try {
			return Optional.of(get(segments));
		}
		catch (CommandException ex) {
			if (ex.exit() == Exit.MISSING) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	/**
	 * Replaces something.
	 * @param headers further headers, such as {@code If-Match}
	 */
	public Answer put(JsonNode body, Map<String, String> headers, String... segments) {
		HttpRequest.Builder request = request("", segments).header("Content-Type", "application/json")
			.PUT(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
		headers.forEach((name, value) -> request.header(name, value));
		return send(request);
	}

	/** Adds something. */
	public Answer post(JsonNode body, String... segments) {
		return send(request("", segments).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
	}

	/**
	 * Copies a file as it comes, of any length.
	 * @param parameters values by name, not encoded
	 * @param target is not closed
	 */
	public void copy(Map<String, List<String>> parameters, Writer target, String... segments) {
		HttpRequest request = request(text(parameters), segments).setHeader("Accept", "*/*").GET().build();
		try {
			HttpResponse<InputStream> response = this.http.send(request, BodyHandlers.ofInputStream());
			this.log.accept("%s %s -> %d".formatted(request.method(), request.uri(), response.statusCode()));
			try (InputStream body = response.body()) {
				if (response.statusCode() != 200) {
					throw Problems.exception(response.statusCode(), parse(body.readAllBytes()), this.token);
				}
				new InputStreamReader(body, StandardCharsets.UTF_8).transferTo(target);
				target.flush();
			}
		}
		catch (IOException ex) {
			throw new CommandException(Exit.AWAY, "the registry at %s is out of reach".formatted(this.url));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CommandException(Exit.AWAY, "interrupted");
		}
	}

	/** Publishes a bundle, or only asks whether it could be. */
	public Answer publish(byte[] bundle, boolean dryRun, String module, String version) {
		return send(request(dryRun ? "?dryRun=true" : "", "modules", module, "versions", version)
			.header("Content-Type", "application/gzip")
			.PUT(BodyPublishers.ofByteArray(bundle)));
	}

	/**
	 * Asks with a query.
	 * @param query starts with a question mark
	 */
	public Answer query(String query, String... segments) {
		return send(request(query, segments).GET());
	}

	/**
	 * Sends something to be done.
	 * @param query empty, or starts with a question mark
	 */
	public Answer post(String query, Map<String, String> headers, String... segments) {
		return write("POST", query, headers, "application/json", BodyPublishers.noBody(), segments);
	}

	/** Sends YAML with a method. */
	public Answer yaml(String method, byte[] yaml, Map<String, String> headers, String... segments) {
		return write(method, "", headers, "application/yaml", BodyPublishers.ofByteArray(yaml), segments);
	}

	private Answer write(String method, String query, Map<String, String> headers, String type, BodyPublisher body,
			String... segments) {
		HttpRequest.Builder request = request(query, segments).header("Content-Type", type).method(method, body);
		headers.forEach((name, value) -> request.header(name, value));
		return send(request);
	}

	@Override
	public void close() {
		this.http.shutdownNow();
	}

	private static String text(Map<String, List<String>> parameters) {
		return parameters.entrySet()
			.stream()
			.flatMap((entry) -> entry.getValue()
				.stream()
				.map((value) -> entry.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)))
			.collect(Collectors.joining("&", "?", ""));
	}

	/** A header holds ASCII only; other text goes as RFC 8187 says. */
	private static String encoded(String text) {
		return text.matches("[ -~]*") ? text
				: "UTF-8''" + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private HttpRequest.Builder request(String query, String... segments) {
		String path = Arrays.stream(segments)
			.map((segment) -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
			.collect(Collectors.joining("/"));
		String base = this.url.toString().replaceAll("/+$", "");
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/registry/v1/" + path + query))
			.timeout(Duration.ofMinutes(2))
			.header("Accept", "application/json, application/problem+json");
		if (this.token != null) {
			request.header("Authorization", "Bearer " + this.token);
		}
		if (this.reason != null) {
			request.header("Pergola-Reason", encoded(this.reason));
		}
		return request;
	}

	private Answer send(HttpRequest.Builder builder) {
		HttpRequest request = builder.build();
		try {
			long start = System.nanoTime();
			HttpResponse<byte[]> response = this.http.send(request, BodyHandlers.ofByteArray());
			this.log.accept("%s %s -> %d in %d ms".formatted(request.method(), request.uri(), response.statusCode(),
					Duration.ofNanos(System.nanoTime() - start).toMillis()));
			boolean yaml = response.headers().firstValue("Content-Type").orElse("").startsWith("application/yaml");
			JsonNode body = yaml
					? JsonNodeFactory.instance.stringNode(new String(response.body(), StandardCharsets.UTF_8))
					: parse(response.body());
			if (response.statusCode() < 200 || response.statusCode() > 299) {
				throw Problems.exception(response.statusCode(), body, this.token);
			}
			return new Answer(response.statusCode(), response.headers().firstValue("ETag").orElse(""), body);
		}
		catch (IOException ex) {
			this.log.accept("%s %s -> %s".formatted(request.method(), request.uri(), ex));
			throw new CommandException(Exit.AWAY, "the registry at %s is out of reach".formatted(this.url));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CommandException(Exit.AWAY, "interrupted");
		}
	}

	private static JsonNode parse(byte[] body) {
		try {
			return (body.length > 0) ? JSON.readTree(body) : JsonNodeFactory.instance.objectNode();
		}
		catch (JacksonException ex) {
			// A proxy's page, say; the status is told anyway.
			return JsonNodeFactory.instance.objectNode();
		}
	}

}

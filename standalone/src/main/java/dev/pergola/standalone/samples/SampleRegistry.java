package dev.pergola.standalone.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.Resource;

/**
 * Publishes sample modules through the registry's API, as a team would.
 */
public final class SampleRegistry {

	private static final Log log = LogFactory.getLog(SampleRegistry.class);

	private static final JsonMapper json = JsonMapper.builder().build();

	private static final String CANNOT_RUN = "Not available on this computer: ";

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

	private final String url;

	private final String token;

	/**
	 * Creates the client.
	 * @param url address of the registry, without a path
	 * @param token secret that may publish
	 */
	public SampleRegistry(URI url, String token) {
		this.url = url + "/registry/v1/modules/";
		this.token = token;
	}

	void publish(String module, Map<String, Resource> files) {
		Resource manifest = Objects.requireNonNull(files.get("manifest.json"), module + ": no manifest.json");
		try {
			String version = json.readTree(manifest.getContentAsByteArray()).path("version").asString();
			HttpResponse<String> answer = send(
					HttpRequest.newBuilder(URI.create(this.url + module + "/versions/" + version))
						.header("Content-Type", "application/zip")
						.PUT(HttpRequest.BodyPublishers.ofByteArray(SampleFiles.zip(files))));
			switch (answer.statusCode()) {
				case 200, 201 -> rollOutOnce(module, version);
				case 409 ->
					log.warn("  %s %s was changed after it was published: raise \"version\" in its manifest.json"
						.formatted(module, version));
				default -> log.warn("  %s %s was refused: %s".formatted(module, version, answer.body()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// What somebody rolled out since is not touched.
	private void rollOutOnce(String module, String version) throws IOException {
		if (find(module).path("channels").has("stable")) {
			return;
		}
		put(module + "/channels/stable", Map.of("rollout", List.of(Map.of("version", version, "share", 100))));
	}

	/**
	 * Switches a module off with a reason, or on again when it was off for such a reason;
	 * does nothing to one that was never published.
	 * @param module name of the module
	 * @param reason why it cannot run here, {@code null} when it can
	 */
	void setAvailable(String module, @Nullable String reason) {
		try {
			JsonNode state = find(module);
			if (state.isEmpty()) {
				return;
			}
			boolean enabled = state.path("enabled").asBoolean(true);
			boolean ours = state.path("reason").asString("").startsWith(CANNOT_RUN);
			if (reason != null && (enabled || ours)) {
				put(module + "/state", Map.of("enabled", false, "reason", CANNOT_RUN + reason));
			}
			else if (reason == null && !enabled && ours) {
				put(module + "/state", Map.of("enabled", true));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private JsonNode find(String module) throws IOException {
		HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(this.url + module)).GET());
		return (answer.statusCode() == 200) ? json.readTree(answer.body()) : json.createObjectNode();
	}

	private void put(String path, Object body) throws IOException {
		HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(this.url + path))
			.header("Content-Type", "application/json")
			.PUT(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
		if (answer.statusCode() >= 300) {
			log.warn("  %s: %s".formatted(path, answer.body()));
		}
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
		try {
			return this.client.send(
					request.header("Authorization", "Bearer " + this.token).timeout(Duration.ofSeconds(30)).build(),
					HttpResponse.BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

}

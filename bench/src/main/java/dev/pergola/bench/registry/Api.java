package dev.pergola.bench.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The registry's HTTP interface, called with one set of credentials.
 *
 * @param base address up to {@code /registry/v1}
 * @param header name of the header that says who is calling
 * @param value its value
 */
public record Api(URI base, String header, String value) {

	private static final HttpClient HTTP = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	/**
	 * Publishes a version.
	 * @return status of the answer
	 */
	public int publish(String module, String version, byte[] zip) throws IOException, InterruptedException {
		return HTTP
			.send(request("/modules/%s/versions/%s".formatted(module, version))
				.header("Content-Type", "application/zip")
				.PUT(BodyPublishers.ofByteArray(zip))
				.build(), BodyHandlers.discarding())
			.statusCode();
	}

	/** Changes something; anything but 2xx is an error. */
	public JsonNode put(String path, String json) throws IOException, InterruptedException {
		return read(HTTP.send(
				request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)).build(),
				BodyHandlers.ofByteArray()));
	}

	JsonNode get(String path) throws IOException, InterruptedException {
		return read(HTTP.send(request(path).build(), BodyHandlers.ofByteArray()));
	}

	/** Text of a file of a bundle; anything but 200 is an error. */
	String file(String module, String version) throws IOException, InterruptedException {
		HttpResponse<String> answer = HTTP.send(
				request("/modules/%1$s/versions/%2$s/files/%1$s.js".formatted(module, version)).build(),
				BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IllegalStateException("%s %s: %d".formatted(module, version, answer.statusCode()));
		}
		return answer.body();
	}

	private static JsonNode read(HttpResponse<byte[]> answer) {
		if (answer.statusCode() / 100 != 2) {
			throw new IllegalStateException("%s: %d %s".formatted(answer.uri().getPath(), answer.statusCode(),
					new String(answer.body(), StandardCharsets.UTF_8)));
		}
		return JsonMapper.shared().readTree(answer.body());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.base + path))
			.timeout(Duration.ofSeconds(30))
			.header(this.header, this.value)
			.header("X-Pergola", "1")
			.header("Sec-Fetch-Site", "same-origin");
	}

}

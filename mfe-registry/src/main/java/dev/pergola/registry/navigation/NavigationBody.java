package dev.pergola.registry.navigation;

import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.navigation.yaml.YamlSource;
import dev.pergola.registry.request.JsonBody;
import dev.pergola.registry.request.MalformedBodyException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * An overlay as it is sent.
 *
 * @param revision version it is based on; negative for what is live, {@code null} when it
 * does not say
 */
record NavigationBody(Navigation navigation, @Nullable Long revision) {

	static final MediaType YAML = new MediaType("application", "yaml");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/**
	 * Reads a body, JSON unless it says that it is YAML. Blocks.
	 * @param maxBytes most bytes it may have
	 */
	static NavigationBody read(ServerHttpRequest request, int maxBytes) {
		DataBuffer buffer = DataBufferUtils.join(request.getBody(), maxBytes).block();
		byte[] bytes = new byte[(buffer != null) ? buffer.readableByteCount() : 0];
		if (buffer != null) {
			buffer.read(bytes);
			DataBufferUtils.release(buffer);
		}
		MediaType type = request.getHeaders().getContentType();
		return (type != null && YAML.includes(type)) ? yaml(bytes)
				: new NavigationBody(JsonBody.read(bytes, Navigation.class), null);
	}

	/** A text without a revision replaces everything. */
	private static NavigationBody yaml(byte[] bytes) {
		if (!(YamlSource.read(bytes) instanceof ObjectNode root)) {
			throw new MalformedBodyException("body is no mapping", new IllegalArgumentException("no mapping"));
		}
		JsonNode revision = root.remove("revision");
		if (revision != null && !revision.isNull() && (!revision.isIntegralNumber() || revision.asLong(-1) < 0)) {
			throw new MalformedBodyException("revision must be a number of 0 or more",
					new IllegalArgumentException("revision"));
		}
		boolean given = revision != null && !revision.isNull();
		return new NavigationBody(JsonBody.read(JSON.writeValueAsBytes(root), Navigation.class),
				given ? revision.asLong() : -1L);
	}

}

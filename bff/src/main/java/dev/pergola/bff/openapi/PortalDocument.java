package dev.pergola.bff.openapi;

import java.net.URI;

import dev.pergola.bff.filter.PathStrictness;
import dev.pergola.manifests.openapi.DescriptionReader;
import dev.pergola.manifests.openapi.UnreadableDescriptionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a service's own OpenAPI document, in JSON or YAML, into one of the portal: in
 * JSON, with the portal's address in the place of the service's and the portal's access
 * token in the place of whatever the service asks for.
 */
final class PortalDocument {

	private static final String SERVERS = "servers";

	private static final String SECURITY = "security";

	private static final String SCHEME = "accessToken";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final DescriptionReader reader = new DescriptionReader();

	private final String origin;

	/**
	 * Makes documents of one portal.
	 * @param origin that people and programs call
	 */
	PortalDocument(URI origin) {
		this.origin = origin.toString();
	}

	/**
	 * The document as it is served.
	 * @param upstream address of the service
	 * @param bytes the service's document
	 */
	byte[] of(String module, URI upstream, byte[] bytes) throws UnreadableDescriptionException {
		ObjectNode root = this.reader.read(bytes);
		String server = this.origin + "/api/" + module + base(root, upstream);
		root.putArray(SERVERS).addObject().put("url", server);
		for (JsonNode item : root.path("paths")) {
			if (item instanceof ObjectNode path) {
				path.remove(SERVERS);
				path.forEach(PortalDocument::strip);
			}
		}
		ObjectNode components = (root.get("components") instanceof ObjectNode given) ? given
				: root.putObject("components");
		components.putObject("securitySchemes")
			.putObject(SCHEME)
			.put("type", "http")
			.put("scheme", "bearer")
			.put("bearerFormat", "JWT");
		root.putArray(SECURITY).addObject().putArray(SCHEME);
		return JSON.writeValueAsBytes(root);
	}

	private static void strip(JsonNode operation) {
		if (operation instanceof ObjectNode object) {
			object.remove(SERVERS);
			object.remove(SECURITY);
		}
	}

	/**
	 * What stands before the document's paths at the service, beyond the address the
	 * manifest has: that of its first server, where that is the service itself.
	 */
	private static String base(ObjectNode root, URI upstream) {
		try {
			URI server = URI.create(root.path(SERVERS).path(0).path("url").asString(""));
			boolean own = server.getRawAuthority() == null
					|| server.getRawAuthority().equalsIgnoreCase(upstream.getRawAuthority());
			String path = trimmed(server.getRawPath());
			String before = trimmed(upstream.getRawPath());
			boolean below = path.startsWith(before + "/");
			return (own && below && PathStrictness.isPlain(path)) ? path.substring(before.length()) : "";
		}
		catch (IllegalArgumentException ex) {
			// A template such as https://{region}.example.com is no address.
			return "";
		}
	}

	private static String trimmed(@Nullable String path) {
		return (path == null) ? "" : path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

}

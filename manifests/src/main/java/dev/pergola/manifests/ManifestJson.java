package dev.pergola.manifests;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** A manifest as JSON: the one place that knows how. */
public final class ManifestJson {

	static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private ManifestJson() {
	}

	/**
	 * Writes a manifest.
	 * @return UTF-8, one line
	 */
	public static byte[] write(Manifest manifest) {
		return MAPPER.writeValueAsBytes(manifest);
	}

	/**
	 * The JSON Schema of manifests, as served at
	 * {@code /registry/v1/schema/manifest-1.json}.
	 * @return UTF-8
	 */
	public static byte[] schema() {
		return ManifestSchema.bytes();
	}

}

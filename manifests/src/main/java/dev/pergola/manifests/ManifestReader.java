package dev.pergola.manifests;

import java.util.List;

import tools.jackson.core.JacksonException;

/**
 * Reads manifests and says everything that is wrong with them at once. Safe for several
 * threads.
 */
public final class ManifestReader {

	/**
	 * Reads a manifest.
	 * @param json UTF-8, any content and size the caller allows
	 * @return a manifest, or what is wrong
	 */
	public ManifestReading read(byte[] json) {
		try {
			return ManifestReading.of(ManifestJson.MAPPER.readValue(json, Manifest.class));
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return ManifestReading.of(List.of(new Finding("", String.valueOf(ex.getMessage()), 0, 0)));
		}
	}

}

package dev.pergola.manifests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The schema of the class path. */
final class ManifestSchema {

	private static final String RESOURCE = "/META-INF/pergola/schema/manifest-1.json";

	private ManifestSchema() {
	}

	static byte[] bytes() {
		try (InputStream stream = Objects.requireNonNull(ManifestSchema.class.getResourceAsStream(RESOURCE))) {
			return stream.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package dev.pergola.registry.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

import dev.pergola.manifests.ManifestJson;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the documents that describe the registry; anyone may read them.
 */
@RestController
public class DocumentController {

	private static final CacheControl SHORTLY = CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

	private final byte[] openApi;

	public DocumentController() {
		try {
			this.openApi = new ClassPathResource("dev/pergola/registry/openapi.json").getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** {@code GET /registry/v1/openapi.json}. */
	@GetMapping("/registry/v1/openapi.json")
	ResponseEntity<byte[]> openApi() {
		return ResponseEntity.ok().cacheControl(SHORTLY).contentType(MediaType.APPLICATION_JSON).body(this.openApi);
	}

	/** {@code GET /registry/v1/schema/manifest-1.json}. */
	@GetMapping("/registry/v1/schema/manifest-1.json")
	ResponseEntity<byte[]> manifestSchema() {
		return ResponseEntity.ok()
			.cacheControl(SHORTLY)
			.contentType(MediaType.parseMediaType("application/schema+json"))
			.body(ManifestJson.schema());
	}

}

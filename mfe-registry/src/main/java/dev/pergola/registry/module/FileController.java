package dev.pergola.registry.module;

import java.time.Duration;

import dev.pergola.registry.bundle.BundleStore;

import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Serves the files of versions.
 */
@RestController
public class FileController {

	/**
	 * Somebody may open a file as a document, on the portal's own origin: then it may do
	 * nothing. Scripts and styles that a page loads are not touched by it.
	 */
	private static final String SANDBOX = "default-src 'none'; sandbox";

	private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

	private final VersionStore versions;

	private final BundleStore bundles;

	public FileController(VersionStore versions, BundleStore bundles) {
		this.versions = versions;
		this.bundles = bundles;
	}

	/**
	 * {@code GET /registry/v1/modules/{module}/versions/{version}/files/{path}}: 304 when
	 * the caller has it.
	 */
	@GetMapping("/registry/v1/modules/{module}/versions/{version}/files/{*path}")
	ResponseEntity<Resource> file(@PathVariable String module, @PathVariable String version, @PathVariable String path,
			ServerWebExchange exchange) {
		VersionFile file = this.versions.getFile(module, version, path.substring(1));
		String tag = "\"" + file.hash().integrity() + "\"";
		if (exchange.checkNotModified(tag)) {
			return ResponseEntity.status(HttpStatus.NOT_MODIFIED).cacheControl(FOR_EVER).eTag(tag).build();
		}
		return ResponseEntity.ok()
			.contentType(FileTypes.of(file.path()))
			.cacheControl(FOR_EVER)
			.eTag(tag)
			.header("Content-Security-Policy", SANDBOX)
			.body(this.bundles.get(file.hash()));
	}

}

package dev.pergola.manifests;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What came of reading a manifest: a manifest and no finding, or findings and no
 * manifest.
 */
public final class ManifestReading {

	private final @Nullable Manifest manifest;

	private final List<Finding> findings;

	private ManifestReading(@Nullable Manifest manifest, List<Finding> findings) {
		this.manifest = manifest;
		this.findings = List.copyOf(findings);
	}

	static ManifestReading of(Manifest manifest) {
		return new ManifestReading(manifest, List.of());
	}

	static ManifestReading of(List<Finding> findings) {
		return new ManifestReading(null, findings);
	}

	/**
	 * The manifest.
	 * @return empty when there are findings
	 */
	public Optional<Manifest> manifest() {
		return Optional.ofNullable(this.manifest);
	}

	/**
	 * Everything wrong, in the order of the document.
	 * @return empty when there is a manifest
	 */
	public List<Finding> findings() {
		return this.findings;
	}

}

package dev.pergola.registry.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Upstream;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.archive.UnpackedBundle.UnpackedFile;
import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.module.VersionFile;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.openapi.Description;
import dev.pergola.manifests.openapi.DescriptionReader;
import dev.pergola.manifests.openapi.UnreadableDescriptionException;
import dev.pergola.registry.request.Findings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the description of a module's service: one service answers all versions that
 * are live, so a new version must not take from it what a live one was promised.
 */
final class ServiceDescriptions {

	private static final Logger LOGGER = LoggerFactory.getLogger(ServiceDescriptions.class);

	private static final String POINTER = "/upstream/openapi";

	private final DescriptionReader reader = new DescriptionReader();

	private final long maxBytes;

	private final boolean comparing;

	private final VersionStore versions;

	private final BundleStore bundles;

	ServiceDescriptions(long maxBytes, boolean comparing, VersionStore versions, BundleStore bundles) {
		this.maxBytes = maxBytes;
		this.comparing = comparing;
		this.versions = versions;
		this.bundles = bundles;
	}

	/**
	 * Checks the description a manifest names.
	 * @param live live versions of the same module
	 */
	void check(Manifest manifest, UnpackedBundle bundle, Map<String, Manifest> live, List<Finding> findings) {
		if (this.comparing) {
			live.values().forEach((other) -> findMissing(other, manifest, findings));
		}
		String path = path(manifest);
		UnpackedFile file = (path != null) ? bundle.files().get(path) : null;
		if (file == null) {
			return;
		}
		if (file.sizeBytes() > this.maxBytes) {
			findings.add(Findings.at(POINTER, "%s is larger than %d bytes".formatted(path, this.maxBytes)));
			return;
		}
		try {
			Description description = new Description(this.reader.read(Files.readAllBytes(file.file())));
			if (this.comparing) {
				live.values().forEach((other) -> compare(other, description, findings));
			}
		}
		catch (UnreadableDescriptionException ex) {
			findings.add(Findings.at(POINTER, path + " " + ex.getMessage()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A live version goes on calling the service, and others rely on what it describes.
	 */
	private static void findMissing(Manifest live, Manifest manifest, List<Finding> findings) {
		if (live.upstream() != null && manifest.upstream() == null) {
			findings.add(Findings.at("/upstream", "is gone (version %s is live)".formatted(live.version())));
		}
		else if (path(live) != null && path(manifest) == null) {
			findings.add(Findings.at(POINTER, "is gone (version %s is live)".formatted(live.version())));
		}
	}

	private void compare(Manifest live, Description description, List<Finding> findings) {
		read(live).ifPresent((before) -> before.lossesWith(description)
			.forEach((loss) -> findings
				.add(Findings.at(POINTER, "%s (version %s is live)".formatted(loss, live.version())))));
	}

	/**
	 * One that was taken under other rules and cannot be read now does not stop the next.
	 */
	private Optional<Description> read(Manifest live) {
		String path = path(live);
		if (path == null) {
			return Optional.empty();
		}
		try {
			VersionFile file = this.versions.getFile(live.module(), live.version(), path);
			if (file.sizeBytes() > this.maxBytes) {
				return Optional.empty();
			}
			return Optional
				.of(new Description(this.reader.read(this.bundles.get(file.hash()).getContentAsByteArray())));
		}
		catch (UnreadableDescriptionException ex) {
			LOGGER.warn("description of a live version cannot be read, module={} version={} file={} cause={}",
					live.module(), live.version(), path, ex.getMessage());
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static @Nullable String path(Manifest manifest) {
		Upstream upstream = manifest.upstream();
		return (upstream != null) ? upstream.openapi() : null;
	}

}

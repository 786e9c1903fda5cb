package dev.pergola.registry.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import dev.pergola.manifests.EventPublication;
import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Upstream;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.archive.UnpackedBundle.UnpackedFile;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest expects of its bundle.
 */
final class BundleRules {

	private BundleRules() {
	}

	/** Files the manifest points at and the bundle does not have. */
	static void addMissing(Manifest manifest, UnpackedBundle bundle, List<Finding> findings) {
		require(manifest.entry().file(), "/entry/file", bundle, findings);
		for (int i = 0; i < manifest.entry().styles().size(); i++) {
			require(manifest.entry().styles().get(i), "/entry/styles/" + i, bundle, findings);
		}
		Upstream upstream = manifest.upstream();
		require((upstream != null) ? upstream.openapi() : null, "/upstream/openapi", bundle, findings);
		List<EventPublication> publishes = manifest.events().publishes();
		for (int i = 0; i < publishes.size(); i++) {
			require(publishes.get(i).schema(), "/events/publishes/%d/schema".formatted(i), bundle, findings);
		}
	}

	/**
	 * Size of the entry as it goes over the wire.
	 * @return bytes in gzip, 0 without an entry
	 */
	static long entryGzipBytes(Manifest manifest, UnpackedBundle bundle) {
		String entry = manifest.entry().file();
		UnpackedFile file = (entry != null) ? bundle.files().get(entry) : null;
		if (file == null) {
			return 0;
		}
		try (CountingStream count = new CountingStream()) {
			try (OutputStream gzip = new GZIPOutputStream(count)) {
				Files.copy(file.file(), gzip);
			}
			return count.bytes;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A name as part of a JSON pointer (RFC 6901). */
	static String escape(String name) {
		return name.replace("~", "~0").replace("/", "~1");
	}

	private static void require(@Nullable String path, String pointer, UnpackedBundle bundle, List<Finding> findings) {
		if (path != null && !bundle.files().containsKey(path)) {
			findings.add(Findings.at(pointer, "%s is not in the bundle".formatted(path)));
		}
	}

	private static final class CountingStream extends OutputStream {

		private long bytes;

		@Override
		public void write(int value) {
			this.bytes++;
		}

		@Override
		public void write(byte[] buffer, int offset, int length) {
			this.bytes += length;
		}

	}

}

package dev.pergola.registry.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.pergola.manifests.Finding;
import dev.pergola.registry.archive.ArchiveFormat;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.request.Findings;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.DefaultPartHttpMessageReader;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Takes a form of two parts: an archive, and, if wanted, {@code manifest}, which is the
 * archive's or is left out there.
 */
final class MultipartUpload {

	/** Part of the archive. */
	static final String BUNDLE = "bundle";

	/** Part of the archive in forms of Piral's tools. */
	static final String PILET = "file";

	private static final String MANIFEST = "manifest";

	private final DefaultPartHttpMessageReader reader = new DefaultPartHttpMessageReader();

	private final PublishProperties properties;

	private final String archive;

	/**
	 * Creates the reader.
	 * @param archive name of the part that holds the archive
	 * @param work folder for uploads under way
	 */
	MultipartUpload(PublishProperties properties, String archive, Path work) {
		this.properties = properties;
		this.archive = archive;
		this.reader.setMaxParts(2);
		this.reader.setMaxHeadersSize(8 * 1024);
		this.reader.setMaxInMemorySize((int) properties.maxManifest().toBytes());
		this.reader.setMaxDiskUsagePerPart(properties.maxUpload().toBytes());
		storeIn(work.resolve("forms"));
	}

	/** Writes the parts into the folder of the upload. */
	void receive(String target, ServerHttpRequest request, Upload upload) {
		List<Part> parts = parts(target, request);
		try {
			for (Part part : parts) {
				DataBufferUtils.write(part.content(), file(target, part.name(), upload)).block();
			}
		}
		finally {
			// Of a refused form, too: the parts are in files and buffers of their own.
			parts.forEach((part) -> part.delete().block());
		}
		if (!Files.exists(upload.archive())) {
			throw refused(target, "the form has no part " + this.archive);
		}
	}

	private List<Part> parts(String target, ServerHttpRequest request) {
		Duration timeout = this.properties.timeout();
		// Whatever comes before, between and after the parts counts as well.
		long allowed = this.properties.maxUpload().toBytes() + 2 * this.properties.maxManifest().toBytes();
		try {
			return this.reader.read(ResolvableType.forClass(Part.class), new BoundedBody(request, allowed), Map.of())
				.collectList()
				.timeout(timeout, Mono.error(() -> new UploadTooSlowException(timeout)))
				.doOnDiscard(Part.class, (part) -> part.delete().subscribe())
				.blockOptional()
				.orElse(List.of());
		}
		catch (DecodingException ex) {
			throw refused(target, "the form cannot be read (expected: parts %s and manifest)".formatted(this.archive));
		}
	}

	/** The archive's files, and the manifest of the form where there is one. */
	UnpackedBundle complete(UnpackedBundle bundle, Upload upload) {
		Path given = upload.manifest();
		if (!Files.exists(given)) {
			return bundle;
		}
		if (bundle.manifest() == null || document(given).equals(document(bundle.manifest()))) {
			return bundle.with(given, List.of());
		}
		Finding other = Findings.at("", "the part manifest is not the manifest.json of the bundle");
		return bundle.with(bundle.manifest(), List.of(other));
	}

	/** A zip starts with PK; all else is read as tar in gzip, or refused there. */
	static ArchiveFormat format(Path archive) {
		try (InputStream content = Files.newInputStream(archive)) {
			return (content.read() == 'P' && content.read() == 'K') ? ArchiveFormat.ZIP : ArchiveFormat.TAR_GZIP;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private JsonNode document(@Nullable Path file) {
		try {
			boolean fits = file != null && Files.size(file) <= this.properties.maxManifest().toBytes();
			return JsonDocument.read(fits ? Files.readAllBytes(Objects.requireNonNull(file)) : new byte[0]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path file(String target, String name, Upload upload) {
		if (name.equals(this.archive)) {
			return upload.archive();
		}
		if (name.equals(MANIFEST)) {
			return upload.manifest();
		}
		throw refused(target, "the form has a part that is neither %s nor manifest".formatted(this.archive));
	}

	private static PublishRefusedException refused(String target, String message) {
		return new PublishRefusedException(target, List.of(Findings.at("", message)));
	}

	private void storeIn(Path folder) {
		try {
			this.reader.setFileStorageDirectory(Files.createDirectories(folder));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

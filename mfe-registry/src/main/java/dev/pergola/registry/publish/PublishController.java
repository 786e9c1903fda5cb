package dev.pergola.registry.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.pergola.registry.archive.ArchiveFormat;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.archive.BundleTooLargeException;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.publish.Gate.Target;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes bundles.
 */
@RestController
public class PublishController {

	private static final String GZIP = "application/gzip";

	private static final String ZIP = "application/zip";

	/** Uploads that a killed process left are removed at the next start. */
	private static final Duration LEFT_BEHIND = Duration.ofHours(1);

	private final Publisher publisher;

	private final AddressUpload addresses;

	private final MultipartUpload forms;

	private final PublishProperties properties;

	private final Path work;

	private final MeterRegistry meters;

	/**
	 * Creates the controller.
	 * @param work folder for uploads under way, on the file system of the bundles
	 */
	public PublishController(Publisher publisher, AddressUpload addresses, PublishProperties properties, Path work,
			MeterRegistry meters) {
		this.publisher = publisher;
		this.addresses = addresses;
		this.forms = new MultipartUpload(properties, MultipartUpload.BUNDLE, work);
		this.properties = properties;
		this.work = work;
		this.meters = meters;
		Upload.sweep(work, LEFT_BEHIND);
	}

	/**
	 * {@code PUT /registry/v1/modules/{module}/versions/{version}}: 201 when it is new,
	 * 200 when the same content was published before.
	 * @param dryRun whether only to look; 200 when it could be published
	 */
	@PutMapping(path = "/registry/v1/modules/{module}/versions/{version}",
			consumes = { GZIP, ZIP, MediaType.MULTIPART_FORM_DATA_VALUE, MediaType.APPLICATION_JSON_VALUE })
	ResponseEntity<Published> publish(Caller caller, @PathVariable String module, @PathVariable String version,
			@RequestParam(defaultValue = "false") boolean dryRun, ServerHttpRequest request) {
		try {
			Published published = take(caller, module, version, dryRun, request);
			count(published.outcome());
			URI location = request.getURI().resolve(request.getPath().value());
			return published.isCreated() ? ResponseEntity.created(location).body(published)
					: ResponseEntity.ok(published);
		}
		catch (PublishRefusedException | BundleTooLargeException ex) {
			count("refused");
			throw ex;
		}
		catch (VersionExistsException ex) {
			count("exists");
			throw ex;
		}
	}

	private Published take(Caller caller, String module, String version, boolean dryRun, ServerHttpRequest request) {
		Target target = this.publisher.target(caller, module, version);
		try (Upload upload = Upload.open(this.work)) {
			UnpackedBundle bundle = bundle(caller, target, request, upload);
			return dryRun ? this.publisher.check(caller, target, bundle)
					: this.publisher.publish(caller, target, bundle);
		}
	}

	private UnpackedBundle bundle(Caller caller, Target target, ServerHttpRequest request, Upload upload) {
		MediaType type = request.getHeaders().getContentType();
		if (MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type)) {
			this.forms.receive(target.toString(), request, upload);
			ArchiveFormat format = MultipartUpload.format(upload.archive());
			return this.forms
				.complete(this.publisher.unpack(target.toString(), format, upload.archive(), upload.files()), upload);
		}
		receive(request, upload.archive());
		if (MediaType.APPLICATION_JSON.isCompatibleWith(type)) {
			return this.addresses.receive(caller, target, body(upload.archive()), upload, this.publisher);
		}
		return this.publisher.unpack(target.toString(), format(request), upload.archive(), upload.files());
	}

	/** Twice a manifest: it and the addresses of its files. */
	private byte[] body(Path file) {
		try {
			long allowed = 2 * this.properties.maxManifest().toBytes();
			if (Files.size(file) > allowed) {
				throw BoundedBody.tooLarge(allowed);
			}
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void receive(ServerHttpRequest request, Path file) {
		ServerHttpRequest bounded = new BoundedBody(request, this.properties.maxUpload().toBytes());
		DataBufferUtils.write(bounded.getBody(), file)
			.timeout(this.properties.timeout(), Mono.error(() -> new UploadTooSlowException(this.properties.timeout())))
			.block();
	}

	private static ArchiveFormat format(ServerHttpRequest request) {
		return MediaType.parseMediaType(ZIP).isCompatibleWith(request.getHeaders().getContentType()) ? ArchiveFormat.ZIP
				: ArchiveFormat.TAR_GZIP;
	}

	private void count(String outcome) {
		this.meters.counter("pergola.registry.publishes", "outcome", outcome).increment();
	}

}

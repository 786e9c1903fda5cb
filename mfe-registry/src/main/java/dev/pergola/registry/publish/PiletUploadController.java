package dev.pergola.registry.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.publish.Gate.Target;
import dev.pergola.registry.request.Findings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes what Piral's command line publishes: a form with the package, whose manifest says
 * which module and version it is.
 */
@RestController
public class PiletUploadController {

	private static final String NAME = "pilet";

	private final Publisher publisher;

	private final MultipartUpload forms;

	private final PublishProperties properties;

	private final Path work;

	/**
	 * Creates the controller.
	 * @param work folder for uploads under way, on the file system of the bundles
	 */
	public PiletUploadController(Publisher publisher, PublishProperties properties, Path work) {
		this.publisher = publisher;
		this.forms = new MultipartUpload(properties, MultipartUpload.PILET, work);
		this.properties = properties;
		this.work = work;
	}

	/**
	 * {@code POST /registry/v1/exchange/pilets}: as publishing the version itself; given
	 * to nobody until a channel points at it.
	 */
	@PostMapping(path = "/registry/v1/exchange/pilets", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	ResponseEntity<Published> publish(Caller caller, ServerHttpRequest request) {
		try (Upload upload = Upload.open(this.work)) {
			this.forms.receive(NAME, request, upload);
			UnpackedBundle bundle = this.forms.complete(this.publisher.unpack(NAME,
					MultipartUpload.format(upload.archive()), upload.archive(), upload.files()), upload);
			JsonNode manifest = manifest(bundle.manifest());
			String module = manifest.path("module").asString("");
			String version = manifest.path("version").asString("");
			if (module.isEmpty() || version.isEmpty()) {
				throw new PublishRefusedException(NAME,
						List.of(Findings.at("", "the package has no manifest.json that names a module and a version")));
			}
			Target target = this.publisher.target(caller, module, version);
			Published published = this.publisher.publish(caller, target, bundle);
			return ResponseEntity.status(published.isCreated() ? HttpStatus.CREATED : HttpStatus.OK).body(published);
		}
	}

	private JsonNode manifest(@Nullable Path file) {
		try {
			boolean fits = file != null && Files.size(file) <= this.properties.maxManifest().toBytes();
			return JsonDocument.read(fits ? Files.readAllBytes(file) : new byte[0]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

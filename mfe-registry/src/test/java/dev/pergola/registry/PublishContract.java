package dev.pergola.registry;

import java.util.Map;

import dev.pergola.registry.testing.Bundles;
import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What publishing does, on every database.
 */
public abstract class PublishContract extends RegistryContract {

	private static final MediaType ZIP = MediaType.parseMediaType("application/zip");

	@Test
	void publishesAVersionOnceAndFindsItAgain() {
		String module = name("deals");
		byte[] bundle = Bundles.of(module, "1.0.0", "partners");
		developer("partners").publish(module, "1.0.0", bundle)
			.expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals("Location",
					"http://localhost:%d/registry/v1/modules/%s/versions/1.0.0".formatted(this.port, module))
			.expectBody()
			.jsonPath("$.outcome")
			.isEqualTo("created");
		developer("partners").publish(module, "1.0.0", bundle)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.outcome")
			.isEqualTo("identical");
		administrator().get("/modules/{module}", module)
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.team")
			.isEqualTo("partners")
			.jsonPath("$.versions.length()")
			.isEqualTo(1)
			.jsonPath("$.versions[0].publishedBy")
			.isEqualTo("dev");
	}

}

package dev.pergola.registry;

import java.net.URI;

import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.OnH2;
import dev.pergola.registry.testing.S3Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * A registry whose bundles are in an object store.
 */
@OnH2
@Tag("registry-2")
@TestPropertySource(
		properties = { "pergola.registry.bundles.kind=s3", "pergola.registry.bundles.s3.bucket=" + S3Server.BUCKET,
				"pergola.registry.bundles.s3.prefix=" + ObjectStoreIntegrationTests.PREFIX,
				"pergola.registry.bundles.s3.region=eu-central-1", "pergola.registry.bundles.s3.path-style=true",
				"pergola.registry.bundles.s3.access-key=key", "pergola.registry.bundles.s3.secret-key=secret" })
class ObjectStoreIntegrationTests extends RegistryContract {

	static final String PREFIX = "of-the-registry/";

	@DynamicPropertySource
	static void endpoint(DynamicPropertyRegistry properties) {
		properties.add("pergola.registry.bundles.s3.endpoint", S3Server::endpoint);
	}

	@Test
	void servesFromTheBucketAndRefusesWhatWasChangedThere() {
		String module = name("stored");
		administrator().publish(module, "1.0.0", Bundles.of(module, "1.0.0", "partners")).expectStatus().isCreated();
		String file = "/modules/%1$s/versions/1.0.0/files/%1$s.js".formatted(module);
		service().get(file).expectStatus().isOk().expectBody(String.class).isEqualTo("export default '1.0.0';");
		try (S3Client client = client(S3Server.endpoint())) {
			S3Object object = client.listObjectsV2((list) -> list.bucket(S3Server.BUCKET).prefix(PREFIX))
				.contents()
				.getFirst();
			client.putObject((put) -> put.bucket(S3Server.BUCKET).key(object.key()), RequestBody.fromString("evil"));
		}
		service().get(file)
			.expectStatus()
			.isEqualTo(500)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/content-damaged");
	}

	private static S3Client client(URI endpoint) {
		return S3Client.builder()
			.endpointOverride(endpoint)
			.region(Region.EU_CENTRAL_1)
			.forcePathStyle(true)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
			.build();
	}

}

package dev.pergola.registry.bundle;

import java.time.Duration;

import dev.pergola.registry.bundle.BundleProperties.S3;
import dev.pergola.registry.testing.S3Server;
import org.junit.jupiter.api.AfterAll;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class S3BundleStoreIntegrationTests extends BundleStoreContract {

	private static final String PREFIX = "of/the-contract/";

	private static final S3Client CLIENT = S3Clients.open(new S3(S3Server.BUCKET, PREFIX, S3Server.endpoint(),
			"eu-central-1", true, "key", "secret", Duration.ofSeconds(2), Duration.ofSeconds(10)));

	@AfterAll
	static void close() {
		CLIENT.close();
	}

	@Override
	BundleStore store() {
		return new S3BundleStore(CLIENT, S3Server.BUCKET, PREFIX);
	}

	@Override
	void overwrite(ContentHash hash, byte[] content) {
		CLIENT.putObject(
				(put) -> put.bucket(S3Server.BUCKET).key(PREFIX + hash.hex().substring(0, 2) + "/" + hash.hex()),
				RequestBody.fromBytes(content));
	}

}

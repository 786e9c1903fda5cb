package dev.pergola.registry.bundle;

import dev.pergola.registry.bundle.BundleProperties.S3;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Clients of object stores. Checksums beyond the ones S3 has always had are left out:
 * stores of other makers refuse them, and content is checked against its own hash anyway.
 */
final class S3Clients {

	private S3Clients() {
	}

	static S3Client open(S3 settings) {
		S3ClientBuilder builder = S3Client.builder()
			.httpClientBuilder(UrlConnectionHttpClient.builder()
				.connectionTimeout(settings.connectTimeout())
				.socketTimeout(settings.timeout()))
			.overrideConfiguration((all) -> all.apiCallAttemptTimeout(settings.timeout()))
			.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
			.responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
			.forcePathStyle(settings.pathStyle());
		if (settings.endpoint() != null) {
			builder.endpointOverride(settings.endpoint());
		}
		if (settings.region() != null) {
			builder.region(Region.of(settings.region()));
		}
		if (settings.accessKey() != null && settings.secretKey() != null) {
			builder.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())));
		}
		return builder.build();
	}

}

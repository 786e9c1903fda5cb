package dev.pergola.registry.bundle;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the files of versions are kept.
 *
 * @param kind Whether they are in a folder or in a bucket of an object store.
 * @param s3 Object store, for kind {@code s3}.
 */
@ConfigurationProperties("pergola.registry.bundles")
public record BundleProperties(@DefaultValue("directory") Kind kind, @DefaultValue S3 s3) {

	public BundleProperties {
		if (kind == Kind.S3 && (s3.bucket() == null || s3.bucket().isBlank())) {
			throw new IllegalArgumentException(
					"pergola.registry.bundles.s3.bucket: missing (expected: name of an existing bucket)");
		}
	}

	/**
	 * The store these settings name.
	 * @param directory folder of the kind {@code directory}
	 * @return open store
	 */
	public BundleStore open(Path directory) {
		return switch (this.kind) {
			case DIRECTORY -> new DirectoryBundleStore(directory);
			case S3 -> new S3BundleStore(S3Clients.open(this.s3), String.valueOf(this.s3.bucket()), this.s3.prefix());
		};
	}

	/** Kinds of stores. */
	public enum Kind {

		DIRECTORY, S3

	}

	/**
	 * An object store with the interface of S3.
	 *
	 * @param bucket Name of an existing bucket.
	 * @param prefix Start of every key.
	 * @param endpoint Address of the store. By default Amazon's of the region.
	 * @param region Region that requests are signed for. By default as the SDK finds it.
	 * @param pathStyle Whether the bucket is part of the path and not of the host.
	 * @param accessKey Access key. By default the SDK's chain: environment, profile, role
	 * of the machine.
	 * @param secretKey Secret key.
	 * @param connectTimeout Time to open a connection.
	 * @param timeout Longest time of one try of a call.
	 */
	public record S3(@Nullable String bucket, @DefaultValue("") String prefix, @Nullable URI endpoint,
			@Nullable String region, @DefaultValue("false") boolean pathStyle, @Nullable String accessKey,
			@Nullable String secretKey, @DefaultValue("2s") Duration connectTimeout,
			@DefaultValue("30s") Duration timeout) {

		public S3 {
			if ((accessKey == null) != (secretKey == null)) {
				throw new IllegalArgumentException(
						"pergola.registry.bundles.s3: one key (expected: access-key and secret-key, or neither)");
			}
			if (!prefix.isEmpty() && !prefix.endsWith("/")) {
				throw new IllegalArgumentException(
						"pergola.registry.bundles.s3.prefix: %s (expected: a / at its end)".formatted(prefix));
			}
		}

		@Override
		public String toString() {
			return "S3[bucket=%s, prefix=%s, endpoint=%s]".formatted(this.bucket, this.prefix, this.endpoint);
		}

	}

}

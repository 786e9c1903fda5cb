package dev.pergola.registry.bundle;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

import org.springframework.core.io.Resource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Content in a bucket, as {@code <prefix>ab/abcd…}. An object is seen when all of it is
 * there; what several nodes write at once is the same, so none has to wait.
 */
public final class S3BundleStore implements BundleStore, AutoCloseable {

	private final S3Client client;

	private final String bucket;

	private final String prefix;

	/**
	 * Creates the store.
	 * @param client closed with the store
	 * @param bucket existing bucket
	 * @param prefix start of every key, may be empty
	 */
	public S3BundleStore(S3Client client, String bucket, String prefix) {
		this.client = client;
		this.bucket = bucket;
		this.prefix = prefix;
	}

	@Override
	public void put(ContentHash hash, Path file) {
		if (!exists(hash)) {
			this.client.putObject((put) -> put.bucket(this.bucket).key(key(hash)), RequestBody.fromFile(file));
		}
	}

	@Override
	public Resource get(ContentHash hash) {
		try {
			long sizeBytes = this.client.headObject((head) -> head.bucket(this.bucket).key(key(hash))).contentLength();
			return new CheckedContent(hash, sizeBytes,
					() -> this.client.getObject((get) -> get.bucket(this.bucket).key(key(hash))));
		}
		catch (NoSuchKeyException ex) {
			throw new ContentMissingException(hash);
		}
	}

	@Override
	public void forEach(Instant storedBefore, Consumer<ContentHash> visitor) {
		for (S3Object object : this.client
			.listObjectsV2Paginator((list) -> list.bucket(this.bucket).prefix(this.prefix))
			.contents()) {
			String name = object.key().substring(object.key().lastIndexOf('/') + 1);
			if (object.lastModified().isBefore(storedBefore) && ContentHash.isValid(name)
					&& object.key().equals(key(new ContentHash(name)))) {
				visitor.accept(new ContentHash(name));
			}
		}
	}

	@Override
	public void remove(ContentHash hash) {
		this.client.deleteObject((delete) -> delete.bucket(this.bucket).key(key(hash)));
	}

	@Override
	public void close() {
		this.client.close();
	}

	private boolean exists(ContentHash hash) {
		try {
			this.client.headObject((head) -> head.bucket(this.bucket).key(key(hash)));
			return true;
		}
		catch (NoSuchKeyException ex) {
			return false;
		}
	}

	private String key(ContentHash hash) {
		return this.prefix + hash.hex().substring(0, 2) + "/" + hash.hex();
	}

}

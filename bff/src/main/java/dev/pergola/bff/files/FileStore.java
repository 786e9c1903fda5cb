package dev.pergola.bff.files;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Files of modules, asked of the registry once and kept as long as there is room: a file
 * of a version never changes.
 */
final class FileStore {

	/** What an entry takes beside its bytes, about. */
	private static final int ENTRY_BYTES = 500;

	private final HttpClient client;

	private final RegistryAddress registry;

	private final int maxBytes;

	private final AsyncCache<String, ModuleFile> cache;

	FileStore(HttpClient client, RegistryAddress registry, FileProperties properties) {
		this.client = client.responseTimeout(properties.timeout());
		this.registry = registry;
		this.maxBytes = Math.toIntExact(properties.maxFile().toBytes());
		this.cache = Caffeine.newBuilder()
			.maximumWeight(properties.cache().toBytes())
			.weigher((String path, ModuleFile file) -> file.bytes().length + ENTRY_BYTES)
			.buildAsync();
	}

	/**
	 * A file.
	 * @param path percent-encoded path below the version
	 * @return fails with {@link BffException} when there is none, or it cannot be had
	 */
	Mono<ModuleFile> get(String module, String version, String path) {
		String key = module + "/versions/" + version + "/files/" + path;
		// One person who leaves does not take the file from those who wait for it too.
		return Mono.fromFuture(() -> this.cache.get(key, (missing, executor) -> fetch(missing, path)), true)
			.onErrorMap(CompletionException.class, (ex) -> (ex.getCause() != null) ? ex.getCause() : ex);
	}

	private CompletableFuture<ModuleFile> fetch(String key, String path) {
		return this.client.headers((headers) -> headers.set("Authorization", "Bearer " + this.registry.token()))
			.get()
			.uri(this.registry.url() + "/registry/v1/modules/" + key)
			.response(this::read)
			.next()
			.map((bytes) -> new ModuleFile(bytes, FileTypes.of(path), etag(bytes)))
			.onErrorMap((ex) -> !(ex instanceof BffException),
					(ex) -> new BffException(Failure.REGISTRY_UNAVAILABLE, "The file cannot be had right now.",
							Map.of(), ex))
			.toFuture()
			.thenApply(Objects::requireNonNull);
	}

	private Flux<byte[]> read(HttpClientResponse response, ByteBufFlux content) {
		int status = response.status().code();
		if (status == 404 || status == 410) {
			return Flux.error(new BffException(Failure.UNKNOWN_FILE, "There is no such file."));
		}
		if (status != 200) {
			return Flux.error(new IllegalStateException("registry: status " + status));
		}
		return content.asByteArray()
			.reduceWith(ByteArrayOutputStream::new, this::append)
			.map(ByteArrayOutputStream::toByteArray)
			.flux();
	}

	private ByteArrayOutputStream append(ByteArrayOutputStream bytes, byte[] piece) {
		if (bytes.size() + piece.length > this.maxBytes) {
			throw new IllegalStateException("file: over %d bytes".formatted(this.maxBytes));
		}
		bytes.writeBytes(piece);
		return bytes;
	}

	private static String etag(byte[] bytes) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
			return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

package dev.pergola.bff.files;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.web.util.UriUtils;

/**
 * Files of modules, asked of the registry once and kept as long as there is room: a file
 * of a version never changes.
 */
final class FileStore implements ModuleFiles {

	private static final Logger log = LoggerFactory.getLogger(FileStore.class);

	/** What an entry takes beside its bytes, about. */
	private static final int ENTRY_BYTES = 500;

	private final HttpClient client;

	private final RegistryAddress registry;

	private final int maxBytes;

	private final FileIntegrity integrity;

	private final @Nullable DiskFiles disk;

	private final AsyncCache<String, ModuleFile> cache;

	FileStore(HttpClient client, RegistryAddress registry, FileIntegrity integrity, FileProperties properties) {
		this.integrity = integrity;
		Path directory = properties.directory();
		this.disk = (directory != null) ? new DiskFiles(directory, properties.maxDisk().toBytes()) : null;
		this.client = client.responseTimeout(properties.timeout());
		this.registry = registry;
		this.maxBytes = Math.toIntExact(properties.maxFile().toBytes());
		this.cache = Caffeine.newBuilder()
			.maximumWeight(properties.cache().toBytes())
			.weigher((String path, ModuleFile file) -> file.weight() + ENTRY_BYTES)
			.buildAsync();
	}

	/**
	 * A file.
	 * @param path percent-encoded path below the version
	 * @return fails with {@link BffException} when there is none, or it cannot be had
	 */
	Mono<ModuleFile> get(String module, String version, String path) {
		FileName name = new FileName(module, version, path);
		// One person who leaves does not take the file from those who wait for it too.
		return Mono.fromFuture(() -> this.cache.get(name.key(), (missing, executor) -> load(name)), true)
			.onErrorMap(CompletionException.class, (ex) -> (ex.getCause() != null) ? ex.getCause() : ex);
	}

	@Override
	public Mono<byte[]> content(String module, String version, String path) {
		return get(module, version, UriUtils.encodePath(path, StandardCharsets.UTF_8)).map(ModuleFile::bytes);
	}

	/** From disk, else from the registry; not on an event loop. */
	private CompletableFuture<ModuleFile> load(FileName name) {
		return Mono.fromCallable(() -> onDisk(name))
			.subscribeOn(Schedulers.boundedElastic())
			.switchIfEmpty(Mono.defer(() -> fetch(name)))
			.toFuture()
			.thenApply(Objects::requireNonNull);
	}

	private @Nullable ModuleFile onDisk(FileName name) {
		return (this.disk != null) ? this.disk.find(name.key())
			.filter((bytes) -> this.integrity.permits(name.module(), name.version(), name.path(), bytes))
			.map((bytes) -> ModuleFile.of(name.path(), bytes))
			.orElse(null) : null;
	}

	private Mono<ModuleFile> fetch(FileName name) {
		return this.client.headers((headers) -> headers.set("Authorization", "Bearer " + this.registry.token()))
			.get()
			.uri(this.registry.url() + "/registry/v1/modules/" + name.key())
			.response(this::read)
			.next()
			.publishOn(Schedulers.boundedElastic())
			.map((bytes) -> keep(name, bytes))
			.onErrorMap((ex) -> !(ex instanceof BffException), (ex) -> new BffException(Failure.REGISTRY_UNAVAILABLE,
					"The file cannot be had right now.", Map.of(), ex));
	}

	private ModuleFile keep(FileName name, byte[] bytes) {
		if (!this.integrity.permits(name.module(), name.version(), name.path(), bytes)) {
			log.error("file is not what was published: module={} version={} path={}", name.module(), name.version(),
					name.path());
			throw new BffException(Failure.FILE_DAMAGED, "The file is not the one that was published.");
		}
		if (this.disk != null) {
			this.disk.keep(name.key(), bytes);
		}
		return ModuleFile.of(name.path(), bytes);
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

	/**
	 * Which file.
	 *
	 * @param path percent-encoded path below the version
	 */
	private record FileName(String module, String version, String path) {

		String key() {
			return this.module + "/versions/" + this.version + "/files/" + this.path;
		}

	}

}

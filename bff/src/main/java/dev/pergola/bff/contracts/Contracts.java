package dev.pergola.bff.contracts;

import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.pergola.bff.files.ModuleFiles;
import dev.pergola.manifests.openapi.UnreadableDescriptionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Contracts of modules' versions, read once: a version never changes. */
final class Contracts {

	private static final Logger log = LoggerFactory.getLogger(Contracts.class);

	private static final int MAX_CONTRACTS = 500;

	private static final Duration FOREVER = Duration.ofDays(3650);

	/** After this it is tried again to have a description that could not be had. */
	private static final Duration ABSENT = Duration.ofSeconds(10);

	private final ModuleFiles files;

	private final ContractProperties properties;

	private final AsyncCache<Key, Optional<Contract>> contracts = Caffeine.newBuilder()
		.maximumSize(MAX_CONTRACTS)
		.expireAfter(Expiry.creating((Key key, Optional<Contract> contract) -> contract.isPresent() ? FOREVER : ABSENT))
		.buildAsync();

	Contracts(ModuleFiles files, ContractProperties properties) {
		this.files = files;
		this.properties = properties;
	}

	/**
	 * The contract of a version.
	 * @param file path of the description in the bundle
	 * @return empty when it cannot be had, or not in time
	 */
	Mono<Optional<Contract>> find(String module, String version, String file) {
		Key key = new Key(module, version, file);
		return Mono.fromFuture(() -> this.contracts.get(key, (missing, executor) -> load(missing).toFuture()), true)
			.timeout(this.properties.maxWait(), Mono.just(Optional.empty()));
	}

	private Mono<Optional<Contract>> load(Key key) {
		return this.files.content(key.module(), key.version(), key.file())
			.publishOn(Schedulers.boundedElastic())
			.flatMap((bytes) -> Mono.fromCallable(() -> Optional.of(read(bytes))))
			.onErrorResume((ex) -> {
				log.warn("no contract: module={} version={} because={}", key.module(), key.version(), ex.toString());
				return Mono.just(Optional.empty());
			});
	}

	private Contract read(byte[] bytes) throws UnreadableDescriptionException {
		if (bytes.length > this.properties.maxDescription().toBytes()) {
			throw new UnreadableDescriptionException("is larger than " + this.properties.maxDescription());
		}
		return Contract.read(bytes);
	}

	private record Key(String module, String version, String file) {

	}

}

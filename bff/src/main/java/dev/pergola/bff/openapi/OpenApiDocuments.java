package dev.pergola.bff.openapi;

import java.util.Map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pergola.bff.compression.EntityTags;
import dev.pergola.bff.files.ModuleFiles;
import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.openapi.UnreadableDescriptionException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Documents as they are served: made once for each version of a module, as that never
 * changes.
 */
final class OpenApiDocuments {

	/** What an entry takes beside its bytes, about. */
	private static final int ENTRY_BYTES = 500;

	private final ModuleFiles files;

	private final PortalDocument portal;

	private final Cache<String, Document> made;

	/**
	 * No documents yet.
	 * @param cacheBytes size of all that are kept
	 */
	OpenApiDocuments(ModuleFiles files, PortalDocument portal, long cacheBytes) {
		this.files = files;
		this.portal = portal;
		this.made = Caffeine.newBuilder()
			.maximumWeight(cacheBytes)
			.weigher((String key, Document document) -> document.json().length + ENTRY_BYTES)
			.build();
	}

	/**
	 * The document of a service.
	 * @return fails with {@link BffException} when it cannot be had
	 */
	Mono<Document> get(Described described) {
		String module = described.manifest().module();
		String version = described.manifest().version();
		String key = module + "/" + version;
		return Mono.justOrEmpty(this.made.getIfPresent(key))
			.switchIfEmpty(Mono.defer(() -> this.files.content(module, version, described.file()))
				.publishOn(Schedulers.boundedElastic())
				.map((bytes) -> make(described, bytes))
				.doOnNext((document) -> this.made.put(key, document)));
	}

	private Document make(Described described, byte[] bytes) {
		try {
			byte[] json = this.portal.of(described.manifest().module(), described.upstream(), bytes);
			return new Document(json, EntityTags.of(json));
		}
		catch (UnreadableDescriptionException ex) {
			throw new BffException(Failure.FILE_DAMAGED, "The description of this service cannot be read.",
					Map.of("module", described.manifest().module()), ex);
		}
	}

	/**
	 * A document.
	 *
	 * @param etag as it stands in the header, with quotes
	 */
	record Document(byte[] json, String etag) {

	}

}

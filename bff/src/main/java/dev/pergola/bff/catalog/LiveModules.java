package dev.pergola.bff.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.registry.client.CatalogSource;

/**
 * Modules of the catalog as it is now. May be asked for each request, however many there
 * are.
 */
public final class LiveModules {

	private final CatalogSource source;

	private volatile Index index = Index.of(Catalog.EMPTY);

	public LiveModules(CatalogSource source) {
		this.source = source;
	}

	/** A module by its name, also one that is switched off. */
	public Optional<CatalogModule> find(String module) {
		Catalog now = this.source.current();
		Index known = this.index;
		if (known.catalog() != now) {
			known = Index.of(now);
			this.index = known;
		}
		return Optional.ofNullable(known.modules().get(module));
	}

	/**
	 * A module that is switched on.
	 * @param unknown failure when there is none of that name
	 * @throws BffException this failure, or {@link Failure#MODULE_DISABLED}
	 */
	public CatalogModule enabled(String module, Supplier<BffException> unknown) {
		CatalogModule found = find(module).orElseThrow(unknown);
		if (!found.enabled()) {
			String reason = (found.reason() != null) ? found.reason() : "An administrator switched it off.";
			throw new BffException(Failure.MODULE_DISABLED, reason);
		}
		return found;
	}

	private record Index(Catalog catalog, Map<String, CatalogModule> modules) {

		static Index of(Catalog catalog) {
			return new Index(catalog,
					catalog.modules()
						.stream()
						.collect(Collectors.toUnmodifiableMap(CatalogModule::module, Function.identity())));
		}

	}

}

package dev.pergola.bff.limits;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Rate;
import dev.pergola.manifests.RateLimit;
import dev.pergola.manifests.Upstream;
import dev.pergola.manifests.catalog.CatalogModule;
import org.jspecify.annotations.Nullable;

/**
 * Limits of one module.
 *
 * @param person calls of one person
 * @param all calls of everybody, {@code null} for no limit
 */
record ModuleLimits(Limit person, @Nullable Limit all) {

	/**
	 * Limits of a module: what the administrators say of this module, else what they
	 * allow every module, or less where its team asks for less. Of several live versions
	 * the one that asks for most counts, so that none is cut short by another.
	 */
	static ModuleLimits of(CatalogModule module, LimitProperties properties) {
		LimitProperties.ModuleRates own = properties.modules().get(module.module());
		Rate all = (own != null && own.all() != null) ? own.all() : properties.module();
		Limit person = (own != null && own.person() != null) ? Limit.of(own.person())
				: Limit.of(properties.personModule()).and(asked(module));
		return new ModuleLimits(person, Limit.ofNullable(all));
	}

	private static @Nullable Limit asked(CatalogModule module) {
		if (module.versions().values().stream().map(ModuleLimits::rate).anyMatch(Optional::isEmpty)) {
			return null;
		}
		return module.versions()
			.values()
			.stream()
			.flatMap((manifest) -> rate(manifest).stream())
			.map(Limit::of)
			.min(Comparator.comparingLong(Limit::nanosPerCall))
			.orElse(null);
	}

	private static Optional<Rate> rate(Manifest manifest) {
		return Optional.ofNullable(manifest.upstream())
			.map(Upstream::rateLimit)
			.map(RateLimit::perUser)
			.filter(Objects::nonNull);
	}

}

package dev.pergola.manifests.catalog;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

import dev.pergola.manifests.Manifest;

/**
 * Chooses the version a person gets: by group, else by the bucket they fall in. A pure
 * function, the same in every part and on every node. Whether the module is switched off
 * does not matter here.
 */
public final class Resolver {

	/** Salt of the buckets: the one channel there is in the catalog. */
	private static final String SALT = "stable";

	private Resolver() {
	}

	/**
	 * Manifest of the version somebody gets.
	 * @param subject id of the person, never blank
	 * @param groups groups the person is in
	 * @return empty when nothing is rolled out to them
	 */
	public static Optional<Manifest> version(CatalogModule module, String subject, Set<String> groups) {
		return resolve(module, subject, groups)
			.flatMap((resolution) -> Optional.ofNullable(module.versions().get(resolution.version())));
	}

	/**
	 * Version somebody gets, and why.
	 * @param subject id of the person, never blank
	 * @param groups groups the person is in
	 * @return empty when nothing is rolled out to them
	 */
	public static Optional<Resolution> resolve(CatalogModule module, String subject, Set<String> groups) {
		for (GroupOverride override : module.overrides()) {
			if (groups.contains(override.group())) {
				return Optional.of(new Resolution(subject, override.version(),
						"group %s is given %s".formatted(override.group(), override.version())));
			}
		}
		return byShare(module, subject);
	}

	private static Optional<Resolution> byShare(CatalogModule module, String subject) {
		if (module.rollout().size() == 1) {
			// No hash for the usual case: a person's catalog has thousands of modules.
			String version = module.rollout().getFirst().version();
			return Optional.of(new Resolution(subject, version, "everyone is given " + version));
		}
		int bucket = Bucket.of(module.module(), SALT, subject);
		int end = 0;
		for (RolloutShare share : module.rollout()) {
			end += share.buckets();
			if (bucket < end) {
				return Optional.of(new Resolution(subject, share.version(),
						"bucket %s of 100 is given %s".formatted(BigDecimal.valueOf(bucket, 2), share.version())));
			}
		}
		return Optional.empty();
	}

}

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
		return findOverride(module, groups).map(GroupOverride::version)
			.or(() -> findShare(module, subject).map(RolloutShare::version))
			.flatMap((version) -> Optional.ofNullable(module.versions().get(version)));
	}

	/**
	 * Version somebody gets, and why.
	 * @param subject id of the person, never blank
	 * @param groups groups the person is in
	 * @return empty when nothing is rolled out to them
	 */
	public static Optional<Resolution> resolve(CatalogModule module, String subject, Set<String> groups) {
		return findOverride(module, groups)
			.map((override) -> new Resolution(subject, override.version(),
					"group %s is given %s".formatted(override.group(), override.version())))
			.or(() -> findShare(module, subject)
				.map((share) -> new Resolution(subject, share.version(), reason(module, subject, share))));
	}

	private static Optional<GroupOverride> findOverride(CatalogModule module, Set<String> groups) {
		return module.overrides().stream().filter((override) -> groups.contains(override.group())).findFirst();
	}

	private static Optional<RolloutShare> findShare(CatalogModule module, String subject) {
		if (module.rollout().size() <= 1) {
			// No hash for the usual case: a person's catalog has thousands of modules.
			return module.rollout().stream().findFirst();
		}
		int bucket = Bucket.of(module.module(), SALT, subject);
		int end = 0;
		for (RolloutShare share : module.rollout()) {
			end += share.buckets();
			if (bucket < end) {
				return Optional.of(share);
			}
		}
		return Optional.empty();
	}

	private static String reason(CatalogModule module, String subject, RolloutShare share) {
		if (module.rollout().size() == 1) {
			return "everyone is given " + share.version();
		}
		BigDecimal bucket = BigDecimal.valueOf(Bucket.of(module.module(), SALT, subject), 2);
		return "falls at %s of 100, where %s is given".formatted(bucket.toPlainString(), share.version());
	}

}

package dev.pergola.manifests.catalog;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.pergola.manifests.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * A module as it is live.
 *
 * @param enabled whether an administrator left it on
 * @param reason why it was switched off, {@code null} while it is on
 * @param upstreamUrl address of its service in this environment, already checked against
 * the team's allow-list; {@code null} when it has none
 * @param rollout segments of channel {@code stable} in the order of the buckets, shares
 * adding up to 100; empty when nothing is rolled out. One version may own several
 * segments, see {@link RolloutLayout}
 * @param overrides versions of named groups; of two that fit, the first counts
 * @param versions manifest of each version that rollout and overrides name
 */
public record CatalogModule(String module, String team, boolean enabled, @Nullable String reason,
		@Nullable URI upstreamUrl, List<RolloutShare> rollout, List<GroupOverride> overrides,
		Map<String, Manifest> versions) {

	private static final BigDecimal ALL = BigDecimal.valueOf(100);

	public CatalogModule {
		rollout = (rollout != null) ? List.copyOf(rollout) : List.of();
		overrides = (overrides != null) ? List.copyOf(overrides) : List.of();
		versions = (versions != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(versions)) : Map.of();
		BigDecimal sum = rollout.stream().map(RolloutShare::share).reduce(BigDecimal.ZERO, BigDecimal::add);
		if (!rollout.isEmpty() && sum.compareTo(ALL) != 0) {
			throw new IllegalArgumentException(
					"rollout of %s: shares add up to %s (expected: 100)".formatted(module, sum.toPlainString()));
		}
		for (RolloutShare share : rollout) {
			checkVersion(module, share.version(), versions);
		}
		for (GroupOverride override : overrides) {
			checkVersion(module, override.version(), versions);
		}
	}

	private static void checkVersion(String module, String version, Map<String, Manifest> versions) {
		if (!versions.containsKey(version)) {
			throw new IllegalArgumentException(
					"versions of %s: %s (expected: also %s)".formatted(module, versions.keySet(), version));
		}
	}

}

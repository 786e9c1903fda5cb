package dev.pergola.manifests.catalog;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param overrides what single persons, tenants, roles and groups get
 * @param channels segments of each other channel that an override names, as in
 * {@code rollout}
 * @param versions manifest of each version that rollout, overrides and channels name
 * @param off versions among them that are switched off, with the reason of each
 */
public record CatalogModule(String module, String team, boolean enabled, @Nullable String reason,
		@Nullable URI upstreamUrl, List<RolloutShare> rollout, List<RolloutOverride> overrides,
		Map<String, List<RolloutShare>> channels, Map<String, Manifest> versions, Map<String, String> off) {

	private static final BigDecimal ALL = BigDecimal.valueOf(100);

	public CatalogModule {
		rollout = (rollout != null) ? List.copyOf(rollout) : List.of();
		overrides = (overrides != null) ? List.copyOf(overrides) : List.of();
		channels = copy(channels);
		versions = (versions != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(versions)) : Map.of();
		off = off(off, versions);
		check(module, "rollout", rollout, versions);
		for (RolloutOverride override : overrides) {
			String version = override.version();
			if (version != null) {
				checkVersion(module, version, versions);
			}
		}
		for (Map.Entry<String, List<RolloutShare>> channel : channels.entrySet()) {
			check(module, "channel " + channel.getKey(), channel.getValue(), versions);
		}
	}

	/** A module none of whose versions is switched off. */
	public CatalogModule(String module, String team, boolean enabled, @Nullable String reason,
			@Nullable URI upstreamUrl, List<RolloutShare> rollout, List<RolloutOverride> overrides,
			Map<String, List<RolloutShare>> channels, Map<String, Manifest> versions) {
		this(module, team, enabled, reason, upstreamUrl, rollout, overrides, channels, versions, Map.of());
	}

	/**
	 * This module as somebody sees it whose version is switched off and who gets no
	 * other.
	 * @param why reason of the version
	 */
	public CatalogModule switchedOff(String why) {
		return new CatalogModule(this.module, this.team, false, this.enabled ? why : this.reason, this.upstreamUrl,
				this.rollout, this.overrides, this.channels, this.versions, this.off);
	}

	/** This module as if no version were switched off. */
	public CatalogModule withAllVersions() {
		return new CatalogModule(this.module, this.team, this.enabled, this.reason, this.upstreamUrl, this.rollout,
				this.overrides, this.channels, this.versions);
	}

	boolean isOff(@Nullable String version) {
		return version != null && this.off.containsKey(version);
	}

	/**
	 * What a channel other than {@code stable} points at.
	 * @return segments in the order of the buckets, empty when it points at nothing
	 */
	public List<RolloutShare> channel(String name) {
		return this.channels.getOrDefault(name, List.of());
	}

	private static Map<String, List<RolloutShare>> copy(@Nullable Map<String, List<RolloutShare>> channels) {
		Map<String, List<RolloutShare>> copy = new LinkedHashMap<>();
		if (channels != null) {
			channels.forEach((name, segments) -> copy.put(name, List.copyOf(segments)));
		}
		return Collections.unmodifiableMap(copy);
	}

	private static Map<String, String> off(@Nullable Map<String, String> off, Map<String, Manifest> versions) {
		Map<String, String> known = new LinkedHashMap<>((off != null) ? off : Map.of());
		known.keySet().retainAll(versions.keySet());
		return Collections.unmodifiableMap(known);
	}

	private static void check(String module, String what, List<RolloutShare> segments, Map<String, Manifest> versions) {
		BigDecimal sum = segments.stream().map(RolloutShare::share).reduce(BigDecimal.ZERO, BigDecimal::add);
		if (!segments.isEmpty() && sum.compareTo(ALL) != 0) {
			throw new IllegalArgumentException(
					"%s of %s: shares add up to %s (expected: 100)".formatted(what, module, sum.toPlainString()));
		}
		segments.forEach((share) -> checkVersion(module, share.version(), versions));
	}

	/**
	 * Manifest of the version most people get.
	 * @return empty when nobody gets one by share
	 */
	public Optional<Manifest> usual() {
		return this.rollout.stream()
			.max(Comparator.comparing(RolloutShare::share))
			.map((share) -> this.versions.get(share.version()));
	}

	private static void checkVersion(String module, String version, Map<String, Manifest> versions) {
		if (!versions.containsKey(version)) {
			throw new IllegalArgumentException(
					"versions of %s: %s (expected: also %s)".formatted(module, versions.keySet(), version));
		}
	}

}

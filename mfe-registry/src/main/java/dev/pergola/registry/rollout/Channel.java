package dev.pergola.registry.rollout;

import java.util.List;

import dev.pergola.manifests.catalog.Resolver;
import dev.pergola.manifests.catalog.RolloutLayout;
import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;

/**
 * What a channel of a module points at.
 *
 * @param segments shares in the order of the buckets, adding up to 100; empty when nobody
 * gets a version by share
 * @param overrides what single persons, tenants, roles and groups get; only those of
 * channel {@code stable} count
 */
public record Channel(List<RolloutShare> segments, List<RolloutOverride> overrides) {

	/** The channel everybody starts in. */
	public static final String STABLE = Resolver.STABLE;

	/** A channel that points at nothing. */
	public static final Channel NONE = new Channel(List.of(), List.of());

	public Channel {
		segments = List.copyOf(segments);
		overrides = List.copyOf(overrides);
	}

	/**
	 * The channel as people write it.
	 * @return each version once
	 */
	public ChannelState state() {
		return new ChannelState(RolloutLayout.shares(this.segments), this.overrides);
	}

	/**
	 * A channel with the share of each version.
	 *
	 * @param rollout each version once
	 */
	public record ChannelState(List<RolloutShare> rollout, List<RolloutOverride> overrides) {

	}

}

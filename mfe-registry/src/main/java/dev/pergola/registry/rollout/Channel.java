package dev.pergola.registry.rollout;

import java.util.List;

import dev.pergola.manifests.catalog.GroupOverride;
import dev.pergola.manifests.catalog.RolloutLayout;
import dev.pergola.manifests.catalog.RolloutShare;

/**
 * What a channel of a module points at.
 *
 * @param segments shares in the order of the buckets, adding up to 100; empty when nobody
 * gets a version by share
 * @param overrides versions of named groups; of two that fit, the first counts
 */
public record Channel(List<RolloutShare> segments, List<GroupOverride> overrides) {

	/** The channel in the catalog. */
	public static final String STABLE = "stable";

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
	public record ChannelState(List<RolloutShare> rollout, List<GroupOverride> overrides) {

	}

}

package dev.pergola.registry.guard;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import dev.pergola.manifests.Version;
import dev.pergola.manifests.catalog.RolloutLayout;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.registry.rollout.Channel;

/**
 * Two versions that share a channel.
 *
 * @param share share of the newer one, in percent
 */
record Rollout(String newer, String older, BigDecimal share) {

	private static final BigDecimal ALL = BigDecimal.valueOf(100);

	/**
	 * The rollout of a channel.
	 * @return empty unless exactly two versions have a share
	 */
	static Optional<Rollout> of(Channel channel) {
		List<RolloutShare> shares = channel.state()
			.rollout()
			.stream()
			.filter((share) -> share.share().signum() > 0)
			.toList();
		if (shares.size() != 2) {
			return Optional.empty();
		}
		RolloutShare first = shares.getFirst();
		RolloutShare last = shares.getLast();
		boolean isFirstNewer = Version.parse(first.version()).compareTo(Version.parse(last.version())) > 0;
		return Optional.of(isFirstNewer ? new Rollout(first.version(), last.version(), first.share())
				: new Rollout(last.version(), first.version(), last.share()));
	}

	/** The channel with the older version alone. */
	Channel back(Channel now) {
		return new Channel(List.of(new RolloutShare(this.older, ALL)), now.overrides());
	}

	/** The channel with another share of the newer version. */
	Channel further(Channel now, BigDecimal next) {
		List<RolloutShare> shares = (next.compareTo(ALL) == 0) ? List.of(new RolloutShare(this.newer, ALL))
				: List.of(new RolloutShare(this.newer, next), new RolloutShare(this.older, ALL.subtract(next)));
		return new Channel(RolloutLayout.next(now.segments(), shares), now.overrides());
	}

}

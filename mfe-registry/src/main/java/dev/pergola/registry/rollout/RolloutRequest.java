package dev.pergola.registry.rollout;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.rollout.Channel.ChannelState;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is to point at, not checked yet.
 *
 * @param rollout shares in percent, adding up to 100; empty only together with overrides,
 * when nobody gets a version by share
 * @param overrides what single persons, tenants, roles and groups get; only for channel
 * {@code stable}
 */
public record RolloutRequest(List<@Nullable Share> rollout, List<@Nullable OverrideRequest> overrides) {

	private static final BigDecimal ALL = BigDecimal.valueOf(100);

	/** A request of lists that may be missing. */
	public static RolloutRequest of(@Nullable List<@Nullable Share> rollout,
			@Nullable List<@Nullable OverrideRequest> overrides) {
		return new RolloutRequest((rollout != null) ? rollout : List.of(), (overrides != null) ? overrides : List.of());
	}

	/** A request for what was asked for before. */
	public static RolloutRequest of(ChannelState state) {
		List<@Nullable Share> shares = new ArrayList<>();
		state.rollout().forEach((share) -> shares.add(new Share(share.version(), share.share())));
		List<@Nullable OverrideRequest> overrides = new ArrayList<>();
		state.overrides().forEach((override) -> overrides.add(OverrideRequest.of(override)));
		return new RolloutRequest(shares, overrides);
	}

	/**
	 * The channel as people write it, only after {@link #findings} had nothing to say.
	 */
	public ChannelState state() {
		return new ChannelState(shares(), rules());
	}

	/**
	 * Everything wrong with it.
	 * @param known what it may name
	 * @param maxOverrides how many overrides a channel may have
	 */
	List<Finding> findings(Known known, int maxOverrides) {
		List<Finding> findings = new ArrayList<>();
		checkShares(known.versions(), findings);
		if (!this.overrides.isEmpty() && !known.channel().equals(Channel.STABLE)) {
			findings.add(Findings.at("/overrides", "only channel stable has overrides"));
		}
		if (this.overrides.size() > maxOverrides) {
			findings
				.add(Findings.at("/overrides", "there are %d (expected: %d at most; a group serves many people at once)"
					.formatted(this.overrides.size(), maxOverrides)));
			return findings;
		}
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < this.overrides.size(); i++) {
			OverrideRequest override = this.overrides.get(i);
			String pointer = "/overrides/" + i;
			if (override == null) {
				findings.add(Findings.at(pointer, "is missing"));
			}
			else {
				findings.addAll(override.findings(pointer, known, seen));
			}
		}
		return findings;
	}

	/** Only after {@link #findings} had nothing to say. */
	List<RolloutShare> shares() {
		List<RolloutShare> shares = new ArrayList<>();
		for (Share share : this.rollout) {
			if (share != null && share.version() != null && share.share() != null) {
				shares.add(new RolloutShare(share.version(), share.share()));
			}
		}
		return shares;
	}

	/** Only after {@link #findings} had nothing to say. */
	List<RolloutOverride> rules() {
		List<RolloutOverride> rules = new ArrayList<>();
		for (OverrideRequest override : this.overrides) {
			if (override != null) {
				rules.add(override.toOverride());
			}
		}
		return rules;
	}

	private void checkShares(Set<String> versions, List<Finding> findings) {
		Set<String> seen = new HashSet<>();
		BigDecimal sum = BigDecimal.ZERO;
		for (int i = 0; i < this.rollout.size(); i++) {
			Share share = this.rollout.get(i);
			String version = (share != null) ? share.version() : null;
			checkVersion(version, "/rollout/" + i, versions, findings);
			sum = sum.add(checkShare(share, "/rollout/" + i + "/share", findings));
			if (version != null && !seen.add(version)) {
				findings.add(Findings.at("/rollout/" + i + "/version", "names a version twice"));
			}
		}
		if (sum.compareTo(ALL) != 0 && (this.overrides.isEmpty() || !this.rollout.isEmpty())) {
			findings.add(Findings.at("/rollout",
					"shares add up to %s (expected: 100)".formatted(sum.stripTrailingZeros().toPlainString())));
		}
	}

	static void checkVersion(@Nullable String version, String pointer, Set<String> versions, List<Finding> findings) {
		if (version == null) {
			findings.add(Findings.at(pointer + "/version", "is missing"));
		}
		else if (!versions.contains(version)) {
			findings.add(Findings.at(pointer + "/version", "there is no version " + version));
		}
	}

	private static BigDecimal checkShare(@Nullable Share share, String pointer, List<Finding> findings) {
		BigDecimal value = (share != null) ? share.share() : null;
		if (value == null || value.signum() < 0 || value.compareTo(ALL) > 0 || value.stripTrailingZeros().scale() > 2) {
			findings.add(Findings.at(pointer, "must be 0 to 100 with at most two decimals"));
			return BigDecimal.ZERO;
		}
		return value;
	}

	/**
	 * What a request may name.
	 *
	 * @param channel channel it is for
	 * @param versions versions of the module
	 * @param channels channels of the module that point at something
	 */
	record Known(String channel, Set<String> versions, Set<String> channels) {

	}

	/** A share in percent. */
	public record Share(@Nullable String version, @Nullable BigDecimal share) {

	}

}

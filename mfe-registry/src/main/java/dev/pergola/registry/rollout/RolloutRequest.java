package dev.pergola.registry.rollout;

import dev.pergola.registry.request.Findings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.catalog.GroupOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code PUT …/channels/{channel}}, not checked yet.
 *
 * @param rollout shares in percent, adding up to 100; empty only together with overrides,
 * when nobody gets a version by share
 * @param overrides versions of named groups
 */
record RolloutRequest(@Nullable List<@Nullable Share> rollout, @Nullable List<@Nullable Group> overrides) {

	private static final BigDecimal ALL = BigDecimal.valueOf(100);

	private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

	/**
	 * Everything wrong with it.
	 * @param versions names of the versions there are
	 */
	List<Finding> findings(Set<String> versions) {
		List<Finding> findings = new ArrayList<>();
		List<@Nullable Share> shares = (this.rollout != null) ? this.rollout : List.of();
		List<@Nullable Group> groups = (this.overrides != null) ? this.overrides : List.of();
		Set<String> seenVersions = new HashSet<>();
		BigDecimal sum = BigDecimal.ZERO;
		for (int i = 0; i < shares.size(); i++) {
			Share share = shares.get(i);
			checkVersion((share != null) ? share.version() : null, "/rollout/" + i, versions, findings);
			sum = sum.add(checkShare(share, "/rollout/" + i + "/share", findings));
			if (share != null && share.version() != null && !seenVersions.add(share.version())) {
				findings.add(Findings.at("/rollout/" + i + "/version", "names a version twice"));
			}
		}
		if (sum.compareTo(ALL) != 0 && (groups.isEmpty() || !shares.isEmpty())) {
			findings.add(Findings.at("/rollout",
					"shares add up to %s (expected: 100)".formatted(sum.stripTrailingZeros().toPlainString())));
		}
		checkGroups(groups, versions, findings);
		return findings;
	}

	/** Only after {@link #findings} had nothing to say. */
	List<RolloutShare> shares() {
		List<RolloutShare> shares = new ArrayList<>();
		for (Share share : (this.rollout != null) ? this.rollout : List.<@Nullable Share>of()) {
			if (share != null && share.version() != null && share.share() != null) {
				shares.add(new RolloutShare(share.version(), share.share()));
			}
		}
		return shares;
	}

	/** Only after {@link #findings} had nothing to say. */
	List<GroupOverride> groups() {
		List<GroupOverride> groups = new ArrayList<>();
		for (Group override : (this.overrides != null) ? this.overrides : List.<@Nullable Group>of()) {
			if (override != null && override.group() != null && override.version() != null) {
				groups.add(new GroupOverride(override.group(), override.version()));
			}
		}
		return groups;
	}

	private static void checkGroups(List<@Nullable Group> groups, Set<String> versions, List<Finding> findings) {
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < groups.size(); i++) {
			Group override = groups.get(i);
			String group = (override != null) ? override.group() : null;
			checkVersion((override != null) ? override.version() : null, "/overrides/" + i, versions, findings);
			if (group == null || !GROUP.matcher(group).matches()) {
				findings.add(Findings.at("/overrides/" + i + "/group", "must match " + GROUP));
			}
			else if (!seen.add(group)) {
				findings.add(Findings.at("/overrides/" + i + "/group", "names a group twice"));
			}
		}
	}

	private static void checkVersion(@Nullable String version, String pointer, Set<String> versions,
			List<Finding> findings) {
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

	/** A share in percent. */
	record Share(@Nullable String version, @Nullable BigDecimal share) {

	}

	/** A group and its version. */
	record Group(@Nullable String group, @Nullable String version) {

	}

}

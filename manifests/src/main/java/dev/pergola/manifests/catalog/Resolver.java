package dev.pergola.manifests.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import dev.pergola.manifests.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the version somebody gets: the nearest override (person, tenant, role, group),
 * else the bucket they fall in. Of two overrides of one kind the first counts. A pure
 * function, the same in every part and on every node. Whether the module is switched off
 * does not matter here.
 */
public final class Resolver {

	/** Where everybody starts; other channels are reached by an override. */
	public static final String STABLE = "stable";

	private Resolver() {
	}

	/**
	 * Manifest of the version somebody gets.
	 * @return empty when nothing is rolled out to them
	 */
	public static Optional<Manifest> version(CatalogModule module, Audience audience) {
		String version = decide(module, audience, nearest(module, audience)).version();
		return (version != null) ? Optional.ofNullable(module.versions().get(version)) : Optional.empty();
	}

	/**
	 * Version somebody gets, and why.
	 * @return empty when nothing is rolled out to them
	 */
	public static Optional<Resolution> resolve(CatalogModule module, Audience audience) {
		RolloutOverride override = nearest(module, audience);
		Decision decision = decide(module, audience, override);
		String version = decision.version();
		if (version == null) {
			return Optional.empty();
		}
		Resolution.Rule rule = (override != null)
				? new Resolution.Rule(override.kind(), override.name(), override.channel(), decision.bucket())
				: new Resolution.Rule(RuleKind.SHARE, null, STABLE, decision.bucket());
		return Optional.of(new Resolution(audience.subject(), version, reason(rule, version), rule));
	}

	/** An override to a channel that points at nothing does not count. */
	private static @Nullable RolloutOverride nearest(CatalogModule module, Audience audience) {
		RolloutOverride nearest = null;
		for (RolloutOverride override : module.overrides()) {
			boolean nearer = nearest == null || override.kind().compareTo(nearest.kind()) < 0;
			if (nearer && override.isFor(audience)
					&& (override.channel() == null || !module.channel(override.channel()).isEmpty())) {
				nearest = override;
			}
		}
		return nearest;
	}

	private static Decision decide(CatalogModule module, Audience audience, @Nullable RolloutOverride override) {
		if (override == null) {
			return decide(module.module(), STABLE, module.rollout(), audience);
		}
		String channel = override.channel();
		return (channel != null) ? decide(module.module(), channel, module.channel(channel), audience)
				: new Decision(override.version(), null);
	}

	private static Decision decide(String module, String channel, List<RolloutShare> segments, Audience audience) {
		if (segments.size() <= 1) {
			// No hash for the usual case: a person's catalog has thousands of modules.
			return new Decision(segments.isEmpty() ? null : segments.getFirst().version(), null);
		}
		int bucket = Bucket.of(module, channel, audience.subject());
		int end = 0;
		for (RolloutShare share : segments) {
			end += share.buckets();
			if (bucket < end) {
				return new Decision(share.version(), bucket);
			}
		}
		throw new IllegalStateException("shares of %s in %s do not add up to 100".formatted(module, channel));
	}

	private static String reason(Resolution.Rule rule, String version) {
		String who = (rule.kind() == RuleKind.SHARE) ? "everyone" : rule.kind().text() + " " + rule.name();
		Integer bucket = rule.bucket();
		if (bucket != null) {
			String place = BigDecimal.valueOf(bucket, 2).toPlainString();
			return (rule.kind() == RuleKind.SHARE) ? "falls at %s of 100, where %s is given".formatted(place, version)
					: "%s is given channel %s, where they fall at %s of 100 and get %s".formatted(who, rule.channel(),
							place, version);
		}
		return (rule.kind() == RuleKind.SHARE || rule.channel() == null) ? "%s is given %s".formatted(who, version)
				: "%s is given channel %s, which points at %s".formatted(who, rule.channel(), version);
	}

	/**
	 * What came out.
	 *
	 * @param version {@code null} when nothing is rolled out
	 * @param bucket {@code null} when it was not needed
	 */
	private record Decision(@Nullable String version, @Nullable Integer bucket) {

	}

}

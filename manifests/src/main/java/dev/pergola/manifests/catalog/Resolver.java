package dev.pergola.manifests.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import dev.pergola.manifests.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the version somebody gets: the nearest override (person, tenant, role, group),
 * else the bucket they fall in. Of two overrides of one kind the first counts. A pure
 * function, the same in every part and on every node. A version that is switched off is
 * given to nobody: an override that names it does not count, and who falls into its share
 * gets the version of the channel that is on and has the largest share, of equal ones the
 * first. Whether the module is switched off does not matter here.
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

	/** An override to a channel that points at nothing, or to what is off, does not. */
	private static boolean counts(CatalogModule module, RolloutOverride override) {
		String channel = override.channel();
		return (channel != null) ? module.channel(channel).stream().anyMatch((share) -> !module.isOff(share.version()))
				: !module.isOff(override.version());
	}

	private static @Nullable RolloutOverride nearest(CatalogModule module, Audience audience) {
		RolloutOverride nearest = null;
		for (RolloutOverride override : module.overrides()) {
			if (!counts(module, override)) {
				continue;
			}
			boolean nearer = nearest == null || override.kind().compareTo(nearest.kind()) < 0;
			if (nearer && override.isFor(audience)) {
				nearest = override;
			}
		}
		return nearest;
	}

	private static Decision decide(CatalogModule module, Audience audience, @Nullable RolloutOverride override) {
		if (override == null) {
			return decide(module, STABLE, module.rollout(), audience);
		}
		String channel = override.channel();
		return (channel != null) ? decide(module, channel, module.channel(channel), audience)
				: new Decision(override.version(), null);
	}

	private static Decision decide(CatalogModule module, String channel, List<RolloutShare> segments,
			Audience audience) {
		if (segments.size() <= 1) {
			// No hash for the usual case: a person's catalog has thousands of modules.
			String only = segments.isEmpty() ? null : segments.getFirst().version();
			return new Decision(module.isOff(only) ? null : only, null);
		}
		int bucket = Bucket.of(module.module(), channel, audience.subject());
		int end = 0;
		for (RolloutShare share : segments) {
			end += share.buckets();
			if (bucket < end) {
				String version = share.version();
				return new Decision(module.isOff(version) ? largest(module, segments) : version, bucket);
			}
		}
		throw new IllegalStateException("shares of %s in %s do not add up to 100".formatted(module.module(), channel));
	}

	/** Version that is on and has the largest share, {@code null} when all are off. */
	private static @Nullable String largest(CatalogModule module, List<RolloutShare> segments) {
		String largest = null;
		BigDecimal most = BigDecimal.ZERO;
		for (RolloutShare share : RolloutLayout.shares(segments)) {
			if (!module.isOff(share.version()) && share.share().compareTo(most) > 0) {
				largest = share.version();
				most = share.share();
			}
		}
		return largest;
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

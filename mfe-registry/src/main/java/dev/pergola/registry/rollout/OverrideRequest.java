package dev.pergola.registry.rollout;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RuleKind;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.rollout.RolloutRequest.Known;
import org.jspecify.annotations.Nullable;

/**
 * An override of a {@link RolloutRequest}, not checked yet: names one of the first four,
 * gives one of the last two.
 */
public record OverrideRequest(@Nullable String person, @Nullable String tenant, @Nullable String role,
		@Nullable String group, @Nullable String version, @Nullable String channel) {

	/** Providers call people and tenants what they like. */
	private static final Pattern ANYBODY = Pattern.compile("[^\\s\\p{Cntrl}]([^\\p{Cntrl}]{0,253}[^\\s\\p{Cntrl}])?");

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

	static OverrideRequest of(RolloutOverride override) {
		Map<RuleKind, String> named = Map.of(override.kind(), override.name());
		return new OverrideRequest(named.get(RuleKind.PERSON), named.get(RuleKind.TENANT), named.get(RuleKind.ROLE),
				named.get(RuleKind.GROUP), override.version(), override.channel());
	}

	/**
	 * Everything wrong with it.
	 * @param seen whom earlier overrides name; this one is added
	 */
	List<Finding> findings(String pointer, Known known, Set<String> seen) {
		List<Finding> findings = new ArrayList<>();
		Map<RuleKind, String> named = named();
		if (named.size() != 1) {
			findings.add(Findings.at(pointer, "must name one of person, tenant, role, group"));
		}
		named.forEach((kind, name) -> {
			boolean isFree = kind == RuleKind.PERSON || kind == RuleKind.TENANT;
			if (!(isFree ? ANYBODY : NAME).matcher(name).matches()) {
				findings.add(Findings.at(pointer + "/" + kind.text(),
						isFree ? "must be 1 to 255 characters, none of them a control character, no space at the ends"
								: "must be 1 to 128 letters, digits and . _ : -, a letter or digit first"));
			}
			else if (!seen.add(kind.text() + " " + name)) {
				findings.add(Findings.at(pointer + "/" + kind.text(), "names a %s twice".formatted(kind.text())));
			}
		});
		if (this.version != null && this.channel != null) {
			findings.add(Findings.at(pointer, "must give a version or a channel, not both"));
		}
		else if (this.channel == null) {
			RolloutRequest.checkVersion(this.version, pointer, known.versions(), findings);
		}
		else if (this.channel.equals(known.channel()) || !known.channels().contains(this.channel)) {
			findings.add(Findings.at(pointer + "/channel", "there is no other channel " + this.channel));
		}
		return findings;
	}

	/** Only after {@link #findings} had nothing to say. */
	RolloutOverride toOverride() {
		Map.Entry<RuleKind, String> only = named().entrySet().iterator().next();
		return new RolloutOverride(only.getKey(), only.getValue(), this.version, this.channel);
	}

	private Map<RuleKind, String> named() {
		Map<RuleKind, String> named = new EnumMap<>(RuleKind.class);
		put(named, RuleKind.PERSON, this.person);
		put(named, RuleKind.TENANT, this.tenant);
		put(named, RuleKind.ROLE, this.role);
		put(named, RuleKind.GROUP, this.group);
		return named;
	}

	private static void put(Map<RuleKind, String> named, RuleKind kind, @Nullable String name) {
		if (name != null) {
			named.put(kind, name);
		}
	}

}

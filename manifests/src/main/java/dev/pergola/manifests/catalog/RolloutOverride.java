package dev.pergola.manifests.catalog;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What one person, tenant, role or group gets, whatever the shares say. In JSON the kind
 * is the name of a field: {@code {"role": "admin", "channel": "canary"}}.
 *
 * @param kind any but {@link RuleKind#SHARE}
 * @param name whom it is for, never blank
 * @param version version they get, {@code null} when they get a channel
 * @param channel channel whose shares count for them, {@code null} when they get a
 * version
 */
public record RolloutOverride(RuleKind kind, String name, @Nullable String version, @Nullable String channel) {

	public RolloutOverride {
		if (kind == RuleKind.SHARE) {
			throw new IllegalArgumentException("kind: share (expected: person, tenant, role or group)");
		}
		if (name.isBlank()) {
			throw new IllegalArgumentException("%s: blank (expected: a name)".formatted(kind.text()));
		}
		if ((version == null) == (channel == null)) {
			throw new IllegalArgumentException("override of %s %s: version %s, channel %s (expected: one of the two)"
				.formatted(kind.text(), name, version, channel));
		}
	}

	/** Gives a version. */
	public static RolloutOverride toVersion(RuleKind kind, String name, String version) {
		return new RolloutOverride(kind, name, version, null);
	}

	/** Gives what a channel of the same module points at. */
	public static RolloutOverride toChannel(RuleKind kind, String name, String channel) {
		return new RolloutOverride(kind, name, null, channel);
	}

	@JsonCreator
	static RolloutOverride of(@JsonProperty("person") @Nullable String person,
			@JsonProperty("tenant") @Nullable String tenant, @JsonProperty("role") @Nullable String role,
			@JsonProperty("group") @Nullable String group, @JsonProperty("version") @Nullable String version,
			@JsonProperty("channel") @Nullable String channel) {
		Map<RuleKind, String> named = new LinkedHashMap<>();
		put(named, RuleKind.PERSON, person);
		put(named, RuleKind.TENANT, tenant);
		put(named, RuleKind.ROLE, role);
		put(named, RuleKind.GROUP, group);
		if (named.size() != 1) {
			throw new IllegalArgumentException(
					"override: names %s (expected: one of person, tenant, role, group)".formatted(named));
		}
		Map.Entry<RuleKind, String> only = named.entrySet().iterator().next();
		return new RolloutOverride(only.getKey(), only.getValue(), version, channel);
	}

	@JsonValue
	Map<String, String> json() {
		Map<String, String> json = new LinkedHashMap<>();
		json.put(this.kind.text(), this.name);
		if (this.version != null) {
			json.put("version", this.version);
		}
		if (this.channel != null) {
			json.put("channel", this.channel);
		}
		return json;
	}

	/** Whether it is for somebody. */
	boolean isFor(Audience audience) {
		return switch (this.kind) {
			case PERSON -> this.name.equals(audience.subject());
			case TENANT -> this.name.equals(audience.tenant());
			case ROLE -> audience.roles().contains(this.name);
			case GROUP -> audience.isIn(this.name);
			case SHARE -> false;
		};
	}

	private static void put(Map<RuleKind, String> named, RuleKind kind, @Nullable String name) {
		if (name != null) {
			named.put(kind, name);
		}
	}

}

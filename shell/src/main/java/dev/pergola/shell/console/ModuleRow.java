package dev.pergola.shell.console;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Resolver;
import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.manifests.catalog.RuleKind;
import tools.jackson.databind.JsonNode;

/**
 * A module as consoles show it.
 *
 * @param reason why it is switched off, empty while it is on
 * @param shares who gets which version, in order
 * @param rules who gets something else
 * @param channels channels other than {@code stable}
 * @param versions what was published, newest first
 */
public record ModuleRow(String module, String team, boolean enabled, String reason, List<Share> shares,
		List<Rule> rules, List<Channel> channels, List<Published> versions) {

	/** Modules of an answer of {@code GET /registry/v1/modules}. */
	public static List<ModuleRow> list(ServiceAnswer answer) {
		return answer.body().valueStream().map(ModuleRow::of).toList();
	}

	/** A module as the registry tells it, alone or in the list. */
	public static ModuleRow of(JsonNode module) {
		JsonNode stable = module.at("/channels/stable");
		List<Published> versions = module.path("versions")
			.valueStream()
			.map((version) -> Published.of(version, module.path("off")))
			.toList();
		JsonNode latest = module.path("latest");
		return new ModuleRow(text(module, "module"), text(module, "team"), module.path("enabled").asBoolean(true),
				text(module, "reason"), Share.list(stable.path("rollout")),
				stable.path("overrides").valueStream().map(Rule::of).toList(),
				module.path("channels")
					.propertyStream()
					.filter((channel) -> !channel.getKey().equals(Resolver.STABLE))
					.map((channel) -> new Channel(channel.getKey(), Share.list(channel.getValue().path("rollout"))))
					.toList(),
				versions.isEmpty() && latest.isObject() ? List.of(Published.of(latest, module.path("off"))) : versions);
	}

	/** A module of the last good catalog. */
	public static ModuleRow of(CatalogModule module) {
		String reason = module.reason();
		return new ModuleRow(module.module(), module.team(), module.enabled(), (reason != null) ? reason : "",
				Share.list(module.rollout()), module.overrides().stream().map(Rule::of).toList(),
				module.channels()
					.entrySet()
					.stream()
					.map((channel) -> new Channel(channel.getKey(), Share.list(channel.getValue())))
					.toList(),
				module.versions()
					.keySet()
					.stream()
					.map((version) -> new Published(version, "", "", 0, module.off().getOrDefault(version, "")))
					.toList());
	}

	/** A module nothing is known of. */
	public static ModuleRow unknown(String module) {
		return new ModuleRow(module, "", true, "", List.of(), List.of(), List.of(), List.of());
	}

	/** Version most people get, empty when nobody gets one by share. */
	public String live() {
		return this.shares.stream().max(Comparator.comparing(Share::percent)).map(Share::version).orElse("");
	}

	/** Version published last, empty when none is known. */
	public String latest() {
		return this.versions.isEmpty() ? "" : this.versions.getFirst().version();
	}

	private static String text(JsonNode node, String name) {
		JsonNode value = node.path(name);
		return value.isNull() ? "" : value.asString("");
	}

	/**
	 * Share of people who get a version.
	 *
	 * @param share in percent
	 */
	public record Share(String version, String share) {

		static List<Share> list(JsonNode rollout) {
			return rollout.valueStream()
				.map((share) -> new Share(text(share, "version"), share.path("share").asString("0")))
				.toList();
		}

		static List<Share> list(List<RolloutShare> rollout) {
			return rollout.stream().map((share) -> new Share(share.version(), share.share().toPlainString())).toList();
		}

		BigDecimal percent() {
			return new BigDecimal(this.share);
		}

	}

	/** A channel and what it points at. */
	public record Channel(String name, List<Share> shares) {
	}

	/**
	 * Somebody who gets something of their own.
	 *
	 * @param kind {@code person}, {@code tenant}, {@code role} or {@code group}
	 * @param version version they get, empty when they get a channel
	 * @param channel channel they get, empty when they get a version
	 */
	public record Rule(String kind, String name, String version, String channel) {

		static Rule of(JsonNode override) {
			String kind = Stream.of(RuleKind.values()).map(RuleKind::text).filter(override::has).findFirst().orElse("");
			return new Rule(kind, text(override, kind), text(override, "version"), text(override, "channel"));
		}

		static Rule of(RolloutOverride override) {
			return new Rule(override.kind().text(), override.name(), Objects.toString(override.version(), ""),
					Objects.toString(override.channel(), ""));
		}

	}

	/**
	 * A version that was published.
	 *
	 * @param at when, as people read it, may be empty
	 * @param off why it is switched off, empty while it is on
	 */
	public record Published(String version, String at, String by, long kilobytes, String off) {

		static Published of(JsonNode version, JsonNode off) {
			return new Published(text(version, "version"), AuditLine.time(text(version, "publishedAt")),
					AuditLine.actor(text(version, "publishedBy")), (version.path("sizeBytes").asLong(0) + 1023) / 1024,
					text(off, text(version, "version")));
		}

	}

}

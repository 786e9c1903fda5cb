package dev.pergola.registry.rollout;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.catalog.RolloutLayout;
import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.conflict.Conflicts;
import dev.pergola.registry.conflict.ReservationStore;
import dev.pergola.registry.conflict.Reservations;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.ModuleVersion;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.rollout.RolloutRequest.Known;

/**
 * Points channels at versions. Everything here runs in the transaction of a write.
 */
public final class Rollouts {

	private final ModuleStore modules;

	private final VersionStore versions;

	private final ChannelStore channels;

	private final LiveManifests live;

	private final ReservationStore reservations;

	private final RolloutProperties properties;

	public Rollouts(ModuleStore modules, VersionStore versions, ChannelStore channels, LiveManifests live,
			ReservationStore reservations, RolloutProperties properties) {
		this.modules = modules;
		this.versions = versions;
		this.channels = channels;
		this.live = live;
		this.reservations = reservations;
		this.properties = properties;
	}

	/**
	 * What a channel points at.
	 * @return {@link Channel#NONE} when it does not exist
	 */
	public Channel current(String module, String channel) {
		return this.channels.of(module).getOrDefault(channel, Channel.NONE);
	}

	/**
	 * Checks a change against the state now; {@link InvalidRequestException} with
	 * everything wrong.
	 * @return the channel before and after it, equal when there is nothing to do
	 */
	public Step prepare(String module, String channel, RolloutRequest request) {
		Map<String, Channel> all = this.channels.of(module);
		refuse(request.findings(known(module, channel, all), this.properties.maxOverrides()));
		Channel before = all.getOrDefault(channel, Channel.NONE);
		List<RolloutShare> wanted = request.shares();
		List<RolloutShare> segments = wanted.isEmpty() ? List.of() : RolloutLayout.next(before.segments(), wanted);
		return prepare(module, channel, new Channel(segments, request.rules()));
	}

	/**
	 * Checks putting a channel back to what it was, segment by segment; errors as of the
	 * other.
	 */
	public Step prepare(String module, String channel, Channel after) {
		Map<String, Channel> all = new TreeMap<>(this.channels.of(module));
		Set<String> served = live(all);
		Channel before = all.getOrDefault(channel, Channel.NONE);
		all.put(channel, after);
		Set<String> fresh = live(all);
		fresh.removeAll(served);
		if (!fresh.isEmpty()) {
			refuse(conflicts(module, fresh));
		}
		return new Step(before, after);
	}

	/** Points a channel there. */
	public void apply(Write write, String module, String channel, Step step) {
		if (!step.isNothing()) {
			this.channels.replace(module, channel, step.after());
			this.modules.touch(module, write.revision());
		}
	}

	/** A name may have been taken or reserved after the version was published. */
	private List<Finding> conflicts(String name, Set<String> versions) {
		String team = this.modules.get(name).team();
		Reservations reserved = this.reservations.load();
		Conflicts conflicts = Conflicts.among(this.live.load(), name);
		List<Finding> findings = new ArrayList<>();
		versions.forEach(
				(version) -> this.live.read(name, version)
					.ifPresentOrElse(
							(manifest) -> Stream
								.concat(conflicts.of(manifest).stream(), reserved.of(team, manifest).stream())
								.forEach((finding) -> findings.add(Findings.at("/rollout",
										"version %s: %s".formatted(version, finding.message())))),
							() -> findings.add(Findings.at("/rollout",
									"version %s: its manifest cannot be read any more".formatted(version)))));
		return findings;
	}

	/** Versions that anybody gets. */
	private static Set<String> live(Map<String, Channel> channels) {
		Channel stable = channels.getOrDefault(Channel.STABLE, Channel.NONE);
		Set<String> versions = new LinkedHashSet<>();
		stable.segments().forEach((share) -> versions.add(share.version()));
		for (RolloutOverride override : stable.overrides()) {
			String version = override.version();
			if (version != null) {
				versions.add(version);
			}
			String channel = override.channel();
			if (channel != null) {
				channels.getOrDefault(channel, Channel.NONE)
					.segments()
					.forEach((share) -> versions.add(share.version()));
			}
		}
		return versions;
	}

	private Known known(String module, String channel, Map<String, Channel> channels) {
		Set<String> names = this.versions.of(module)
			.stream()
			.map(ModuleVersion::version)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		return new Known(channel, names, channels.keySet());
	}

	private static void refuse(List<Finding> findings) {
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("the channel cannot be pointed there", findings);
		}
	}

	/**
	 * A change of a channel, checked and not done yet.
	 */
	public record Step(Channel before, Channel after) {

		/** Whether the channel is already there. */
		public boolean isNothing() {
			return this.before.equals(this.after);
		}

	}

}

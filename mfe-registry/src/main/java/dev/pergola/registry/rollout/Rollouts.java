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
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.conflict.Conflicts;
import dev.pergola.registry.conflict.ReservationStore;
import dev.pergola.registry.conflict.Reservations;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.ModuleVersion;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.rollout.RolloutRequest.Known;
import org.jspecify.annotations.Nullable;

/**
 * Points channels at versions.
 */
public final class Rollouts {

	private final Journal journal;

	private final ModuleStore modules;

	private final VersionStore versions;

	private final ChannelStore channels;

	private final LiveManifests live;

	private final ReservationStore reservations;

	private final RolloutProperties properties;

	public Rollouts(Journal journal, ModuleStore modules, VersionStore versions, ChannelStore channels,
			LiveManifests live, ReservationStore reservations, RolloutProperties properties) {
		this.journal = journal;
		this.modules = modules;
		this.versions = versions;
		this.channels = channels;
		this.live = live;
		this.reservations = reservations;
		this.properties = properties;
	}

	ChannelChange change(Caller caller, String module, String name, RolloutRequest request, @Nullable String ifMatch) {
		return this.journal.write(caller, (write) -> change(write, caller, module, name, request, ifMatch));
	}

	private ChannelChange change(Write write, Caller caller, String name, String channelName, RolloutRequest request,
			@Nullable String ifMatch) {
		Module module = this.modules.get(name);
		caller.requireChange(module.team());
		Map<String, Channel> channels = new TreeMap<>(this.channels.of(name));
		Channel before = channels.getOrDefault(channelName, Channel.NONE);
		IfMatch.allow(ifMatch, module.revision(), before::state);
		refuse(request.findings(known(name, channelName, channels), this.properties.maxOverrides()));
		List<RolloutShare> wanted = request.shares();
		List<RolloutShare> segments = wanted.isEmpty() ? List.of() : RolloutLayout.next(before.segments(), wanted);
		Channel after = new Channel(segments, request.rules());
		if (after.equals(before)) {
			return new ChannelChange(after, module.revision());
		}
		channels.put(channelName, after);
		refuse(conflicts(module, channels));
		this.channels.replace(name, channelName, after);
		this.modules.touch(name, write.revision());
		write.record(new AuditFact("channel.change", name + "/" + channelName, name, before.state(), after.state()));
		return new ChannelChange(after, write.revision());
	}

	/** A name may have been taken or reserved after the version was published. */
	private List<Finding> conflicts(Module module, Map<String, Channel> channels) {
		String name = module.name();
		Reservations reserved = this.reservations.load();
		Conflicts conflicts = Conflicts.among(this.live.load(), name);
		List<Finding> findings = new ArrayList<>();
		live(channels).forEach(
				(version) -> this.live.read(name, version)
					.ifPresentOrElse(
							(manifest) -> Stream
								.concat(conflicts.of(manifest).stream(), reserved.of(module.team(), manifest).stream())
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
	 * What became of a channel.
	 *
	 * @param revision last write that changed the module
	 */
	record ChannelChange(Channel channel, long revision) {

	}

}

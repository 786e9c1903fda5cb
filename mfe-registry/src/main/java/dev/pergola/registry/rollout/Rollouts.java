package dev.pergola.registry.rollout;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.catalog.GroupOverride;
import dev.pergola.manifests.catalog.RolloutLayout;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.conflict.Conflicts;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.ModuleVersion;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
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

	public Rollouts(Journal journal, ModuleStore modules, VersionStore versions, ChannelStore channels,
			LiveManifests live) {
		this.journal = journal;
		this.modules = modules;
		this.versions = versions;
		this.channels = channels;
		this.live = live;
	}

	ChannelChange change(Caller caller, String module, String name, RolloutRequest request, @Nullable String ifMatch) {
		return this.journal.write(caller, (write) -> change(write, caller, module, name, request, ifMatch));
	}

	private ChannelChange change(Write write, Caller caller, String name, String channelName, RolloutRequest request,
			@Nullable String ifMatch) {
		Module module = this.modules.get(name);
		caller.requireChange(module.team());
		Channel before = this.channels.of(name).getOrDefault(channelName, Channel.NONE);
		IfMatch.allow(ifMatch, module.revision(), before::state);
		Set<String> known = this.versions.of(name)
			.stream()
			.map(ModuleVersion::version)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		refuse(request.findings(known));
		List<RolloutShare> wanted = request.shares();
		List<RolloutShare> segments = wanted.isEmpty() ? List.of() : RolloutLayout.next(before.segments(), wanted);
		Channel after = new Channel(segments, request.groups());
		if (after.equals(before)) {
			return new ChannelChange(after, module.revision());
		}
		if (channelName.equals(Channel.STABLE)) {
			refuse(conflicts(name, after));
		}
		this.channels.replace(name, channelName, after);
		this.modules.touch(name, write.revision());
		write.record(new AuditFact("channel.change", name + "/" + channelName, name, before.state(), after.state()));
		return new ChannelChange(after, write.revision());
	}

	/** Two modules may both have been published before either was live. */
	private List<Finding> conflicts(String name, Channel after) {
		Conflicts conflicts = Conflicts.among(this.live.load(), name);
		List<Finding> findings = new ArrayList<>();
		Stream
			.concat(after.segments().stream().map(RolloutShare::version),
					after.overrides().stream().map(GroupOverride::version))
			.distinct()
			.forEach(
					(version) -> this.live.read(name, version)
						.ifPresentOrElse(
								(manifest) -> conflicts.of(manifest)
									.forEach((finding) -> findings.add(Findings.at("/rollout",
											"version %s: %s".formatted(version, finding.message())))),
								() -> findings.add(Findings.at("/rollout",
										"version %s: its manifest cannot be read any more".formatted(version)))));
		return findings;
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

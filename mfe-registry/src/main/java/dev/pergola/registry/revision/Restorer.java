package dev.pergola.registry.revision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.pergola.manifests.Finding;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.bundle.ContentMissingException;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.conflict.Conflicts;
import dev.pergola.registry.conflict.ReservationStore;
import dev.pergola.registry.history.HistoryStore;
import dev.pergola.registry.history.ModuleState;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Write;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.VersionFile;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.navigation.NavigationStore;
import dev.pergola.registry.navigation.NavigationStore.Overlay;
import dev.pergola.registry.request.Findings;
import dev.pergola.registry.request.IfMatch;
import dev.pergola.registry.request.InvalidRequestException;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.rollout.ChannelStore;
import dev.pergola.registry.rollout.LiveManifests;
import org.jspecify.annotations.Nullable;

/**
 * Brings back what was, as a new revision. Who owns a module stays as it is: rights are
 * not turned back.
 */
public final class Restorer {

	private final Journal journal;

	private final PastCatalogs catalogs;

	private final HistoryStore history;

	private final ModuleStore modules;

	private final VersionStore versions;

	private final ChannelStore channels;

	private final LiveManifests live;

	private final NavigationStore navigation;

	private final BundleStore bundles;

	private final ReservationStore reservations;

	public Restorer(Journal journal, PastCatalogs catalogs, HistoryStore history, ModuleStore modules,
			VersionStore versions, ChannelStore channels, LiveManifests live, NavigationStore navigation,
			BundleStore bundles, ReservationStore reservations) {
		this.journal = journal;
		this.catalogs = catalogs;
		this.history = history;
		this.modules = modules;
		this.versions = versions;
		this.channels = channels;
		this.live = live;
		this.navigation = navigation;
		this.bundles = bundles;
		this.reservations = reservations;
	}

	/**
	 * Restores a revision. A team restores who gets what of a module of its own; all
	 * modules, the navigation and what is switched off are for administrators.
	 * @param module the one module to restore, {@code null} for all and the navigation
	 * @param ifMatch entity tag of the current revision
	 */
	Restored restore(Caller caller, long revision, @Nullable String module, @Nullable String ifMatch) {
		return this.journal.write(caller, (write) -> restore(write, caller, revision, module, ifMatch));
	}

	private Restored restore(Write write, Caller caller, long revision, @Nullable String only,
			@Nullable String ifMatch) {
		long current = write.revision() - 1;
		require(caller, only);
		IfMatch.require(ifMatch, current, () -> Map.of("revision", current));
		this.catalogs.check(revision);
		Map<String, ModuleState> before = new TreeMap<>();
		Map<String, ModuleState> after = new TreeMap<>();
		for (Module module : (only != null) ? List.of(this.modules.get(only)) : this.modules.all()) {
			ModuleState now = new ModuleState(module, this.channels.of(module.name()));
			ModuleState then = wanted(now, revision, write.revision());
			ModuleState wanted = caller.isAdministrator() ? then : new ModuleState(module, then.channels());
			if (!isSame(now, wanted)) {
				before.put(module.name(), now);
				after.put(module.name(), wanted);
			}
		}
		Navigation overlay = this.navigation.get().navigation();
		Navigation wantedOverlay = (only != null) ? overlay : this.history.navigationAt(revision);
		boolean navigationChanges = !overlay.equals(wantedOverlay);
		if (after.isEmpty() && !navigationChanges) {
			return new Restored(current, revision, List.of(), false);
		}
		after.forEach((name, wanted) -> put(before.getOrDefault(name, wanted), wanted, write.revision()));
		if (navigationChanges) {
			this.navigation.put(new Overlay(wantedOverlay, write.revision()));
		}
		refuse(revision, findings(before, after, only));
		write.record(new AuditFact("revision.restore", "revision/" + revision, only,
				audited(before, navigationChanges ? overlay : null),
				audited(after, navigationChanges ? wantedOverlay : null)));
		return new Restored(write.revision(), revision, List.copyOf(after.keySet()), navigationChanges);
	}

	private void require(Caller caller, @Nullable String only) {
		if (only == null) {
			caller.requireAdministrator("restoring more than one module");
		}
		else {
			caller.requireChange(this.modules.get(only).team());
		}
	}

	/** A module that came later is given to nobody. */
	private ModuleState wanted(ModuleState now, long revision, long next) {
		Module module = now.module();
		return this.history.moduleAt(module.name(), revision)
			.map((then) -> new ModuleState(new Module(module.name(), module.team(), then.module().enabled(),
					then.module().reason(), then.module().disabledByAdministrator(), next), then.channels()))
			.orElseGet(() -> new ModuleState(module, Map.of()));
	}

	private static boolean isSame(ModuleState now, ModuleState wanted) {
		return state(now).equals(state(wanted));
	}

	private void put(ModuleState now, ModuleState wanted, long revision) {
		Module module = wanted.module();
		this.modules.setState(module.name(), module.enabled(), module.reason(), module.disabledByAdministrator(),
				revision);
		Set<String> names = new TreeSet<>(now.channels().keySet());
		names.addAll(wanted.channels().keySet());
		for (String name : names) {
			Channel channel = wanted.channels().getOrDefault(name, Channel.NONE);
			if (!channel.equals(now.channels().getOrDefault(name, Channel.NONE))) {
				this.channels.replace(module.name(), name, channel);
			}
		}
	}

	private List<Finding> findings(Map<String, ModuleState> before, Map<String, ModuleState> after,
			@Nullable String only) {
		List<Finding> findings = new ArrayList<>();
		after.forEach((name, wanted) -> {
			Set<String> known = versions(before.getOrDefault(name, wanted));
			for (String version : versions(wanted)) {
				if (!known.contains(version)) {
					findings.addAll(missing(name, version));
					findings.addAll(reserved(wanted.module(), version));
				}
			}
		});
		if (only != null) {
			Conflicts conflicts = Conflicts.among(this.live.load(), only);
			for (Manifest manifest : this.live.of(only).values()) {
				conflicts.of(manifest)
					.forEach((finding) -> findings.add(Findings.at("/" + only,
							"version %s: %s".formatted(manifest.version(), finding.message()))));
			}
		}
		return findings;
	}

	private List<Finding> missing(String module, String version) {
		if (this.live.read(module, version).isEmpty()) {
			return List
				.of(Findings.at("/" + module, "version %s: its manifest cannot be read any more".formatted(version)));
		}
		return this.versions.files(module, version)
			.stream()
			.filter((file) -> !isThere(file))
			.map((file) -> Findings.at("/" + module,
					"version %s: the content of %s is gone".formatted(version, file.path())))
			.toList();
	}

	/** A name may have been reserved for another team since. */
	private List<Finding> reserved(Module module, String version) {
		return this.live.read(module.name(), version)
			.map((manifest) -> this.reservations.load().of(module.team(), manifest))
			.orElse(List.of())
			.stream()
			.map((finding) -> Findings.at("/" + module.name(), "version %s: %s".formatted(version, finding.message())))
			.toList();
	}

	private boolean isThere(VersionFile file) {
		try {
			return this.bundles.get(file.hash()).exists();
		}
		catch (ContentMissingException ex) {
			return false;
		}
	}

	private static Set<String> versions(ModuleState state) {
		Set<String> versions = new TreeSet<>();
		state.channels().values().forEach((channel) -> {
			channel.segments().forEach((share) -> versions.add(share.version()));
			channel.overrides().forEach((override) -> {
				if (override.version() != null) {
					versions.add(override.version());
				}
			});
		});
		return versions;
	}

	private static void refuse(long revision, List<Finding> findings) {
		if (!findings.isEmpty()) {
			throw new InvalidRequestException("revision %d cannot be restored".formatted(revision), findings);
		}
	}

	private static Map<String, Object> audited(Map<String, ModuleState> states, @Nullable Navigation overlay) {
		Map<String, Object> modules = new TreeMap<>();
		states.forEach((name, state) -> modules.put(name, state(state)));
		Map<String, Object> audited = new TreeMap<>(Map.of("modules", modules));
		if (overlay != null) {
			audited.put("navigation", overlay);
		}
		return audited;
	}

	/** What of a module is turned back. */
	private static RestoredState state(ModuleState state) {
		Map<String, Channel> channels = new TreeMap<>(state.channels());
		channels.values().removeIf(Channel.NONE::equals);
		Module module = state.module();
		return new RestoredState(module.enabled(), module.reason(), module.disabledByAdministrator(), channels);
	}

	private record RestoredState(boolean enabled, @Nullable String reason, boolean disabledByAdministrator,
			Map<String, Channel> channels) {

	}

	/**
	 * What a restore did.
	 *
	 * @param revision revision that it made, the current one when nothing was different
	 * @param restored revision whose state it is
	 * @param modules names of modules that changed
	 * @param navigation whether the overlay changed
	 */
	record Restored(long revision, long restored, List<String> modules, boolean navigation) {

	}

}

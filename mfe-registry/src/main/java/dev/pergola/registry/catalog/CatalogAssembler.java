package dev.pergola.registry.catalog;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.Version;
import dev.pergola.manifests.catalog.Catalog;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.Navigation;
import dev.pergola.manifests.catalog.RolloutOverride;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.history.HistoryStore;
import dev.pergola.registry.history.ModuleState;
import dev.pergola.registry.history.Touched;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.journal.Journal.Revision;
import dev.pergola.registry.module.Module;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.VersionSwitches;
import dev.pergola.registry.navigation.NavigationStore;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.rollout.ChannelStore;
import dev.pergola.registry.rollout.LiveManifests;
import dev.pergola.registry.team.Hosts;
import dev.pergola.registry.team.TeamHosts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the catalog together from the tables.
 */
public final class CatalogAssembler {

	private static final Logger LOGGER = LoggerFactory.getLogger(CatalogAssembler.class);

	private final RegistryDatabase database;

	private final Journal journal;

	private final HistoryStore history;

	private final ModuleStore modules;

	private final ChannelStore channels;

	private final LiveManifests live;

	private final VersionSwitches switches;

	private final NavigationStore navigation;

	private final TeamHosts hosts;

	public CatalogAssembler(RegistryDatabase database, Journal journal, HistoryStore history, ModuleStore modules,
			ChannelStore channels, LiveManifests live, NavigationStore navigation, TeamHosts hosts) {
		this.database = database;
		this.journal = journal;
		this.history = history;
		this.modules = modules;
		this.channels = channels;
		this.live = live;
		this.switches = new VersionSwitches(database);
		this.navigation = navigation;
		this.hosts = hosts;
	}

	/**
	 * The catalog as of the last write, read whole.
	 */
	public Catalog assemble() {
		return consistently((now) -> {
			List<CatalogModule> assembled = modules();
			return new Catalog(now.number(), now.at(), assembled, this.navigation.get().navigation());
		});
	}

	/**
	 * The snapshot as of the last write, of which only what was touched is read.
	 * @param known an older snapshot
	 */
	Snapshot advance(Snapshot known) {
		return consistently((now) -> {
			Touched touched = this.history.touched(known.revision(), now.number());
			if (touched.more()) {
				return known.next(now.number(), now.at(), all(known), this.navigation.get().navigation());
			}
			Map<String, Optional<CatalogModule>> modules = new HashMap<>();
			touched.modules().forEach((name) -> modules.put(name, Optional.empty()));
			modules(touched.modules()).forEach((module) -> modules.put(module.module(), Optional.of(module)));
			Navigation overlay = touched.navigation() ? this.navigation.get().navigation() : known.navigation();
			return known.next(now.number(), now.at(), modules, overlay);
		});
	}

	/**
	 * A catalog of states that were. Which single versions were switched off then is in
	 * the audit alone.
	 * @param revision the last write that counts
	 */
	public Catalog assemble(long revision, Instant at, Collection<ModuleState> states, Navigation overlay) {
		Hosts allowed = this.hosts.load();
		List<CatalogModule> assembled = new ArrayList<>();
		for (ModuleState state : states) {
			assemble(state.module(), state.channels(), manifests(state), Map.of(), allowed).ifPresent(assembled::add);
		}
		assembled.sort(Comparator.comparing(CatalogModule::module));
		return new Catalog(revision, at, assembled, overlay);
	}

	private Map<String, Manifest> manifests(ModuleState state) {
		Channel stable = state.channels().getOrDefault(Channel.STABLE, Channel.NONE);
		Map<String, Manifest> manifests = new TreeMap<>();
		Stream
			.of(stable.segments().stream().map(RolloutShare::version),
					stable.overrides().stream().map(RolloutOverride::version).filter(Objects::nonNull),
					given(stable, state.channels()).values().stream().flatMap(List::stream).map(RolloutShare::version))
			.flatMap(Function.identity())
			.forEach((version) -> this.live.read(state.name(), version)
				.ifPresent((manifest) -> manifests.put(version, manifest)));
		return manifests;
	}

	/**
	 * Every write takes a revision, so when it is the same before and after reading,
	 * nothing was committed in between and the parts fit together; on PostgreSQL they do
	 * at once, as a reading transaction sees one moment.
	 */
	private <T> T consistently(Function<Revision, T> read) {
		while (true) {
			Optional<T> result = Objects.requireNonNull(this.database.reading().execute((status) -> {
				Revision before = this.journal.revision();
				T value = read.apply(before);
				return (this.journal.revision().number() == before.number()) ? Optional.of(value) : Optional.<T>empty();
			}));
			if (result.isPresent()) {
				return result.get();
			}
		}
	}

	private Map<String, Optional<CatalogModule>> all(Snapshot known) {
		Map<String, Optional<CatalogModule>> all = new HashMap<>();
		known.catalog().modules().forEach((module) -> all.put(module.module(), Optional.empty()));
		modules().forEach((module) -> all.put(module.module(), Optional.of(module)));
		return all;
	}

	private List<CatalogModule> modules(Set<String> names) {
		return names.isEmpty() ? List.of() : modules(this.modules.of(names), this.channels.of(names),
				this.live.of(names), this.switches.of(names));
	}

	private List<CatalogModule> modules() {
		return modules(this.modules.all(), this.channels.all(), this.live.load(), this.switches.all());
	}

	private List<CatalogModule> modules(List<Module> modules, Map<String, Map<String, Channel>> all,
			Map<String, Map<String, Manifest>> manifests, Map<String, Map<String, String>> off) {
		Hosts allowed = this.hosts.load();
		List<CatalogModule> assembled = new ArrayList<>();
		for (Module module : modules) {
			assemble(module, all.getOrDefault(module.name(), Map.of()), manifests.getOrDefault(module.name(), Map.of()),
					off.getOrDefault(module.name(), Map.of()), allowed)
				.ifPresent(assembled::add);
		}
		// Databases have orders of their own.
		assembled.sort(Comparator.comparing(CatalogModule::module));
		return assembled;
	}

	/** A module that does not fit together any more must not take the others with it. */
	private Optional<CatalogModule> assemble(Module module, Map<String, Channel> channels,
			Map<String, Manifest> versions, Map<String, String> off, Hosts allowed) {
		Channel stable = channels.getOrDefault(Channel.STABLE, Channel.NONE);
		try {
			return Optional.of(new CatalogModule(module.name(), module.team(), module.enabled(), module.reason(),
					upstream(module, versions, allowed), stable.segments(), stable.overrides(), given(stable, channels),
					versions, off));
		}
		catch (IllegalArgumentException ex) {
			LOGGER.error("module is left out of the catalog, module={} problem={}", module.name(), ex.getMessage());
			return Optional.empty();
		}
	}

	/** Channels that an override of {@code stable} names. */
	private static Map<String, List<RolloutShare>> given(Channel stable, Map<String, Channel> channels) {
		Map<String, List<RolloutShare>> given = new TreeMap<>();
		stable.overrides()
			.stream()
			.map(RolloutOverride::channel)
			.filter(Objects::nonNull)
			.filter(channels::containsKey)
			.forEach((name) -> given.put(name, channels.getOrDefault(name, Channel.NONE).segments()));
		return given;
	}

	/** The address that the highest version declares counts. */
	private @Nullable URI upstream(Module module, Map<String, Manifest> versions, Hosts allowed) {
		URI declared = versions.values()
			.stream()
			.filter((manifest) -> manifest.upstream() != null)
			.max(Comparator.comparing((manifest) -> Version.parse(manifest.version())))
			.map((manifest) -> Objects.requireNonNull(manifest.upstream()).url())
			.orElse(null);
		URI url = allowed.upstream(module.name(), declared);
		if (url != null && !allowed.allows(module.team(), url)) {
			LOGGER.warn("upstream is not allowed, module={} team={} host={}", module.name(), module.team(),
					url.getHost());
			return null;
		}
		return url;
	}

}

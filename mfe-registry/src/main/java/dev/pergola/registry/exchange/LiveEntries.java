package dev.pergola.registry.exchange;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.pergola.manifests.EntryFormat;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.CatalogModule;
import dev.pergola.manifests.catalog.RolloutLayout;
import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.registry.catalog.CatalogFeed;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.rollout.ChannelStore;
import dev.pergola.registry.rollout.LiveManifests;
import org.jspecify.annotations.Nullable;

/** Entries of the modules that are on, as most people get them. */
final class LiveEntries {

	private final CatalogFeed feed;

	private final ChannelStore channels;

	private final LiveManifests manifests;

	private final @Nullable URI origin;

	LiveEntries(CatalogFeed feed, ChannelStore channels, LiveManifests manifests, @Nullable URI origin) {
		this.feed = feed;
		this.channels = channels;
		this.manifests = manifests;
		this.origin = origin;
	}

	/** Modules that are on and have something rolled out. */
	Stream<CatalogModule> modules() {
		return this.feed.catalog().modules().stream().filter((module) -> module.enabled());
	}

	/**
	 * Names of all channels, {@code stable} first.
	 */
	List<String> channelNames() {
		return Stream
			.concat(Stream.of(Channel.STABLE),
					this.channels.all().values().stream().flatMap((each) -> each.keySet().stream()).sorted())
			.distinct()
			.toList();
	}

	/**
	 * Entries in a channel; a module that does not have it counts with {@code stable}.
	 * @return those that a browser loads as a script
	 */
	Stream<LiveEntry> in(String channel) {
		Map<String, Map<String, Channel>> other = channel.equals(Channel.STABLE) ? Map.of() : this.channels.all();
		return modules().map((module) -> {
			Channel wanted = other.getOrDefault(module.module(), Map.of()).get(channel);
			return (wanted != null) ? most(wanted.segments()).flatMap((version) -> manifest(module, version))
					: most(module.rollout()).flatMap((version) -> manifest(module, version));
		}).flatMap(Optional::stream).map(this::entry).flatMap(Optional::stream);
	}

	/**
	 * Entry of a version.
	 * @return empty when a browser does not load it as a script
	 */
	Optional<LiveEntry> entry(Manifest manifest) {
		EntryFormat format = manifest.entry().format();
		String file = manifest.entry().file();
		if (file == null || format == EntryFormat.IFRAME) {
			return Optional.empty();
		}
		FileAddress address = new FileAddress(manifest.module(), manifest.version(), file);
		return Optional
			.of(new LiveEntry(manifest, address.on(this.origin), Objects.requireNonNull(manifest.files().get(file))));
	}

	private Optional<Manifest> manifest(CatalogModule module, String version) {
		Manifest known = module.versions().get(version);
		return (known != null) ? Optional.of(known) : this.manifests.read(module.module(), version);
	}

	private static Optional<String> most(List<RolloutShare> segments) {
		return RolloutLayout.shares(segments)
			.stream()
			.max(Comparator.comparing(RolloutShare::share))
			.map(RolloutShare::version);
	}

	/**
	 * A script that starts a module.
	 *
	 * @param integrity {@code sha384-…}
	 */
	record LiveEntry(Manifest manifest, String url, String integrity) {

		String module() {
			return this.manifest.module();
		}

	}

}

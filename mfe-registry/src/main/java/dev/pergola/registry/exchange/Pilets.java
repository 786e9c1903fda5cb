package dev.pergola.registry.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pergola.manifests.EntryFormat;
import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.catalog.Audience;
import dev.pergola.manifests.catalog.Resolver;
import dev.pergola.registry.bundle.BundleStore;
import dev.pergola.registry.exchange.LiveEntries.LiveEntry;
import dev.pergola.registry.module.VersionStore;
import org.jspecify.annotations.Nullable;

/** What one person gets, as far as a stock Piral instance can load it. */
final class Pilets {

	private static final String CONTAINER = "mf";

	private static final int MAX_KNOWN = 10_000;

	private final LiveEntries entries;

	private final VersionStore versions;

	private final BundleStore bundles;

	/** By address: the script behind one never changes. */
	private final Map<String, Optional<PiletHeader>> headers = new ConcurrentHashMap<>();

	Pilets(LiveEntries entries, VersionStore versions, BundleStore bundles) {
		this.entries = entries;
		this.versions = versions;
		this.bundles = bundles;
	}

	/**
	 * Pilets of a person.
	 * @param grants roles and permissions; a module none of whose pages they open is left
	 * out
	 */
	List<Pilet> of(Audience audience, Set<String> grants) {
		return this.entries.modules()
			.flatMap((module) -> Resolver.version(module, audience).stream())
			.filter((manifest) -> mayOpen(manifest, grants))
			.flatMap((manifest) -> this.entries.entry(manifest).stream())
			.flatMap((entry) -> pilet(entry).stream())
			.toList();
	}

	private static boolean mayOpen(Manifest manifest, Collection<String> grants) {
		return manifest.pages().isEmpty()
				|| manifest.pages().stream().anyMatch((page) -> grants.containsAll(page.requires()));
	}

	private Optional<Pilet> pilet(LiveEntry entry) {
		Manifest manifest = entry.manifest();
		if (manifest.entry().format() == EntryFormat.MODULE_FEDERATION && !entry.url().endsWith(".json")) {
			return Optional
				.of(new Pilet(manifest.module(), manifest.version(), CONTAINER, entry.url(), null, entry.integrity()));
		}
		if (this.headers.size() > MAX_KNOWN) {
			this.headers.clear();
		}
		return this.headers.computeIfAbsent(entry.url(), (url) -> header(manifest))
			.map((header) -> new Pilet(manifest.module(), manifest.version(), header.spec(), entry.url(),
					header.requireRef(), entry.integrity()));
	}

	private Optional<PiletHeader> header(Manifest manifest) {
		String file = String.valueOf(manifest.entry().file());
		try (InputStream script = this.bundles
			.get(this.versions.getFile(manifest.module(), manifest.version(), file).hash())
			.getInputStream()) {
			return PiletHeader.parse(new String(script.readNBytes(PiletHeader.MAX_LENGTH), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * An entry of the feed.
	 *
	 * @param spec {@code v2}, {@code v3}, or {@code mf} for a container of Module
	 * Federation
	 * @param requireRef name the script hands itself over under, {@code null} for a
	 * container
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Pilet(String name, String version, String spec, String link, @Nullable String requireRef, String integrity) {

	}

}

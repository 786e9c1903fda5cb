package dev.pergola.registry.publish;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.pergola.manifests.catalog.RolloutShare;
import dev.pergola.registry.archive.ArchiveFormat;
import dev.pergola.registry.archive.UnpackedBundle;
import dev.pergola.registry.archive.Unpacker;
import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.audit.AuditStore;
import dev.pergola.registry.bundle.ContentHash;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.conflict.ReservationStore;
import dev.pergola.registry.content.ContentProperties;
import dev.pergola.registry.content.ContentSweep;
import dev.pergola.registry.content.ContentUses;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.history.HistoryStore;
import dev.pergola.registry.journal.Journal;
import dev.pergola.registry.module.ModuleStore;
import dev.pergola.registry.module.VersionFile;
import dev.pergola.registry.module.VersionStore;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.rollout.ChannelStore;
import dev.pergola.registry.rollout.LiveManifests;
import dev.pergola.registry.team.TeamHosts;
import dev.pergola.registry.team.TeamProperties;
import dev.pergola.registry.team.TeamStore;
import dev.pergola.registry.testing.Bundles;
import dev.pergola.registry.testing.HookedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The parts of a registry that publish and sweep, without its HTTP.
 */
final class PublishingParts {

	private static final Caller CALLER = new Caller("ada", Caller.Kind.PERSON, Set.of(Caller.ADMINISTRATOR),
			"127.0.0.1", null);

	private final Path folder;

	private final HookedStore bundles;

	private final Journal journal;

	private final ModuleStore modules;

	private final VersionStore versions;

	private final ChannelStore channels;

	private final Publisher publisher;

	private final ContentSweep sweep;

	/**
	 * Creates the parts.
	 * @param folder for uploads
	 */
	PublishingParts(RegistryDatabase database, HookedStore bundles, Path folder) {
		this.folder = folder;
		this.bundles = bundles;
		AuditStore audit = new AuditStore(database);
		this.journal = new Journal(database, audit, Clock.systemUTC());
		this.modules = new ModuleStore(database);
		this.versions = new VersionStore(database);
		this.channels = new ChannelStore(database);
		new HistoryStore(database, this.journal, this.channels);
		ContentUses uses = new ContentUses(database);
		PublishProperties properties = defaults(PublishProperties.class);
		Gate gate = new Gate(properties, defaults(PortalProperties.class),
				new TeamHosts(defaults(TeamProperties.class), new TeamStore(database)), new ReservationStore(database),
				new LiveManifests(database, this.versions), this.versions, bundles);
		this.publisher = new Publisher(gate, new Unpacker(properties.archive()), bundles, uses, this.journal, audit,
				this.modules, this.versions);
		// What is stored now is old enough to be removed.
		this.sweep = new ContentSweep(bundles, uses, new ContentProperties(Duration.ofMinutes(-1), Duration.ofHours(1)),
				new SimpleMeterRegistry());
	}

	/** Publishes a module with one page, whose path is its name, and one file. */
	Published publish(String module, String version, String content) {
		return publish(module, version, Bundles.manifest(module, version, "partners"), Map.of(module + ".js", content));
	}

	Published publish(String module, String version, String manifest, Map<String, String> contents) {
		try {
			Map<String, byte[]> files = new LinkedHashMap<>(Bundles.files(manifest));
			contents.forEach((path, content) -> files.put(path, bytes(content)));
			Path upload = Files.createTempDirectory(this.folder, "upload");
			Path archive = Files.write(upload.resolve("archive"), Bundles.npm(files));
			Gate.Target target = this.publisher.target(CALLER, module, version);
			UnpackedBundle bundle = this.publisher.unpack(target.toString(), ArchiveFormat.TAR_GZIP, archive,
					Files.createDirectory(upload.resolve("files")));
			return this.publisher.publish(CALLER, target, bundle);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Gives a version to everybody, without a look at its names. */
	void rollOut(String module, String version) {
		this.journal.write(CALLER, (write) -> {
			this.channels.replace(module, Channel.STABLE,
					new Channel(List.of(new RolloutShare(version, BigDecimal.valueOf(100))), List.of()));
			this.modules.touch(module, write.revision());
			write.record(new AuditFact("channel.change", module, module, null, null));
			return module;
		});
	}

	int sweep() {
		return this.sweep.sweep();
	}

	long revision() {
		return this.journal.revision().number();
	}

	boolean hasModule(String module) {
		return this.modules.find(module).isPresent();
	}

	/** Stores content that no version names. */
	ContentHash store(String content) {
		try {
			Path file = Files.write(Files.createTempFile(this.folder, "content", ""), bytes(content));
			ContentHash hash = ContentHash.of(new ByteArrayInputStream(bytes(content)));
			this.bundles.put(hash, file);
			return hash;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads every file of a version to its end, which checks its hash. */
	Map<String, String> read(String module, String version) {
		Map<String, String> contents = new LinkedHashMap<>();
		for (VersionFile file : this.versions.files(module, version)) {
			try {
				contents.put(file.path(),
						new String(this.bundles.get(file.hash()).getContentAsByteArray(), StandardCharsets.UTF_8));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return contents;
	}

	private static byte[] bytes(String content) {
		return content.getBytes(StandardCharsets.UTF_8);
	}

	private static <T> T defaults(Class<T> type) {
		return new Binder(new MapConfigurationPropertySource()).bindOrCreate("none", type);
	}

}

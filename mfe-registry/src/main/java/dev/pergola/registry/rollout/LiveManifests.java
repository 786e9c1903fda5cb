package dev.pergola.registry.rollout;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.pergola.manifests.Manifest;
import dev.pergola.manifests.ManifestReader;
import dev.pergola.manifests.ManifestReading;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.module.VersionStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Manifests of the versions that channel {@code stable} names, and those channels that an
 * override of it names. A manifest never changes, so each is read once while it is live.
 */
public final class LiveManifests {

	private static final Logger LOGGER = LoggerFactory.getLogger(LiveManifests.class);

	private static final String SELECT = """
			select module, version from channel_share where channel = 'stable'
			union
			select module, version from channel_override where channel = 'stable' and version is not null
			union
			select share.module, share.version
			from channel_share share
			join channel_override given on given.module = share.module and given.target = share.channel
			where given.channel = 'stable'
			""";

	private static final String ORDER = "order by module, version";

	private static final String SELECT_OF = "select module, version from (%s) live where module = any(:modules) %s"
		.formatted(SELECT, ORDER);

	private final RegistryDatabase database;

	private final VersionStore versions;

	private final ManifestReader reader = new ManifestReader();

	private volatile Map<Key, Optional<Manifest>> known = Map.of();

	public LiveManifests(RegistryDatabase database, VersionStore versions) {
		this.database = database;
		this.versions = versions;
	}

	/**
	 * All live manifests, as the current transaction sees them.
	 * @return by module, then by version; one that cannot be read any more is missing
	 */
	public Map<String, Map<String, Manifest>> load() {
		Map<Key, Optional<Manifest>> before = this.known;
		Map<Key, Optional<Manifest>> now = new HashMap<>();
		Map<String, Map<String, Manifest>> live = new LinkedHashMap<>();
		for (Key key : keys()) {
			Optional<Manifest> cached = before.get(key);
			Optional<Manifest> manifest = (cached != null) ? cached : read(key);
			now.put(key, manifest);
			manifest.ifPresent((present) -> live.computeIfAbsent(key.module(), (module) -> new LinkedHashMap<>())
				.put(key.version(), present));
		}
		this.known = now;
		return live;
	}

	/**
	 * Live manifests of one module, as the current transaction sees them.
	 * @return by version; one that cannot be read any more is missing
	 */
	public Map<String, Manifest> of(String module) {
		return of(List.of(module)).getOrDefault(module, Map.of());
	}

	/** As {@link #load}, of some modules. */
	public Map<String, Map<String, Manifest>> of(Collection<String> modules) {
		Map<Key, Optional<Manifest>> now = new HashMap<>(this.known);
		Map<String, Map<String, Manifest>> live = new LinkedHashMap<>();
		List<Key> keys = this.database.jdbc()
			.sql(SELECT_OF)
			.param("modules", new SqlArrayValue("varchar", modules.toArray()))
			.query((row, number) -> new Key(row.getString("module"), row.getString("version")))
			.list();
		for (Key key : keys) {
			Optional<Manifest> manifest = now.computeIfAbsent(key, this::read);
			manifest.ifPresent((present) -> live.computeIfAbsent(key.module(), (module) -> new LinkedHashMap<>())
				.put(key.version(), present));
		}
		if (!keys.isEmpty()) {
			this.known = now;
		}
		return live;
	}

	/**
	 * Manifest of any version.
	 * @return empty when it was published under rules that no longer read it
	 */
	public Optional<Manifest> read(String module, String version) {
		Key key = new Key(module, version);
		Optional<Manifest> cached = this.known.get(key);
		return (cached != null) ? cached : read(key);
	}

	private List<Key> keys() {
		return this.database.jdbc()
			.sql(SELECT + ORDER)
			.query((row, number) -> new Key(row.getString("module"), row.getString("version")))
			.list();
	}

	private Optional<Manifest> read(Key key) {
		ManifestReading reading = this.reader.read(this.versions.getManifest(key.module(), key.version()));
		if (reading.manifest().isEmpty()) {
			LOGGER.error("manifest cannot be read any more, module={} version={} findings={}", key.module(),
					key.version(), reading.findings());
		}
		return reading.manifest();
	}

	private record Key(String module, String version) {

	}

}

package dev.pergola.registry.module;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import dev.pergola.registry.bundle.ContentHash;
import dev.pergola.registry.database.RegistryDatabase;
import dev.pergola.registry.request.NotFoundException;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Versions in the registry's database. They are added, never changed.
 */
public final class VersionStore {

	private static final String COLUMNS = """
			select module, version, content_hash, size_bytes, entry_gzip_bytes, published_at, published_by, revision
			from module_version
			""";

	/** One round trip, however many files there are. */
	private static final String ADD = """
			update module set revision = :revision where name = :module;
			insert into module_version (module, version, manifest, content_hash, size_bytes, entry_gzip_bytes,
				published_at, published_by, revision)
			values (:module, :version, :manifest, :contentHash, :sizeBytes, :entryGzipBytes,
				:publishedAt, :publishedBy, :revision);
			insert into version_file (module, version, path, content_hash, size_bytes)
			select cast(:module as varchar), cast(:version as varchar), file.path, file.content_hash, file.size_bytes
			from unnest(cast(:paths as varchar array), cast(:hashes as varchar array), cast(:sizes as bigint array))
				as file (path, content_hash, size_bytes)
			""";

	private static final String SELECT_FILES = """
			select path, content_hash, size_bytes
			from version_file
			where module = :module and version = :version
			""";

	private static final String SELECT_MANIFEST = """
			select manifest from module_version where module = :module and version = :version
			""";

	private final JdbcClient jdbc;

	public VersionStore(RegistryDatabase database) {
		this.jdbc = database.jdbc();
	}

	/**
	 * Adds a version with its files and notes that the write changed its module, in the
	 * transaction of the caller.
	 * @param manifest JSON with all hashes filled in
	 */
	public void add(ModuleVersion version, String manifest, List<VersionFile> files) {
		this.jdbc.sql(ADD)
			.param("module", version.module())
			.param("version", version.version())
			.param("manifest", manifest)
			.param("contentHash", version.contentHash())
			.param("sizeBytes", version.sizeBytes())
			.param("entryGzipBytes", version.entryGzipBytes())
			.param("publishedAt", version.publishedAt().atOffset(ZoneOffset.UTC))
			.param("publishedBy", version.publishedBy())
			.param("revision", version.revision())
			.param("paths", new SqlArrayValue("varchar", files.stream().map(VersionFile::path).toArray()))
			.param("hashes", new SqlArrayValue("varchar", files.stream().map((file) -> file.hash().hex()).toArray()))
			.param("sizes", new SqlArrayValue("bigint", files.stream().map(VersionFile::sizeBytes).toArray()))
			.update();
	}

	/**
	 * Versions of a module.
	 * @return newest first
	 */
	public List<ModuleVersion> of(String module) {
		return this.jdbc.sql(COLUMNS + "where module = :module order by revision desc")
			.param("module", module)
			.query(VersionStore::version)
			.list();
	}

	/**
	 * The version of each module that was published last.
	 * @return in the order of the modules' names
	 */
	public List<ModuleVersion> latest() {
		return this.jdbc.sql(COLUMNS + """
				where revision in (select max(revision) from module_version group by module)
				order by module
				""").query(VersionStore::version).list();
	}

	public Optional<ModuleVersion> find(String module, String version) {
		return this.jdbc.sql(COLUMNS + "where module = :module and version = :version")
			.param("module", module)
			.param("version", version)
			.query(VersionStore::version)
			.optional();
	}

	/** A version, else {@link NotFoundException}. */
	public ModuleVersion get(String module, String version) {
		return find(module, version).orElseThrow(() -> missing(module, version));
	}

	/**
	 * Manifest of a version as it was published, hashes filled in.
	 * @return UTF-8 JSON; {@link NotFoundException} when there is no such version
	 */
	public byte[] getManifest(String module, String version) {
		return this.jdbc.sql(SELECT_MANIFEST)
			.param("module", module)
			.param("version", version)
			.query(String.class)
			.optional()
			.orElseThrow(() -> missing(module, version))
			.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Files of a version.
	 * @return in the order of their paths
	 */
	public List<VersionFile> files(String module, String version) {
		return this.jdbc.sql(SELECT_FILES + "order by path")
			.param("module", module)
			.param("version", version)
			.query(VersionStore::file)
			.list();
	}

	/** A file of a version, else {@link NotFoundException}. */
	public VersionFile getFile(String module, String version, String path) {
		return this.jdbc.sql(SELECT_FILES + "and path = :path")
			.param("module", module)
			.param("version", version)
			.param("path", path)
			.query(VersionStore::file)
			.optional()
			.orElseThrow(() -> new NotFoundException("file", "%s/%s/%s".formatted(module, version, path)));
	}

	private static NotFoundException missing(String module, String version) {
		return new NotFoundException("version", "%s/%s".formatted(module, version));
	}

	private static ModuleVersion version(ResultSet row, int number) throws SQLException {
		return new ModuleVersion(row.getString("module"), row.getString("version"), row.getString("content_hash"),
				row.getLong("size_bytes"), row.getLong("entry_gzip_bytes"),
				row.getObject("published_at", OffsetDateTime.class).toInstant(), row.getString("published_by"),
				row.getLong("revision"));
	}

	private static VersionFile file(ResultSet row, int number) throws SQLException {
		return new VersionFile(row.getString("path"), new ContentHash(row.getString("content_hash")),
				row.getLong("size_bytes"));
	}

}

package dev.pergola.registry.content;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import dev.pergola.registry.bundle.ContentHash;
import dev.pergola.registry.database.RegistryDatabase;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Who relies on which content. An upload writes what it uses, then looks for removals; a
 * removal is written, then looks for uses. Each commits before it looks, so at least one
 * of two that meet sees the other: the removal gives way, the upload waits.
 */
public final class ContentUses {

	/** A removal takes seconds; one this old was a process that died. */
	static final Duration DEAD_REMOVAL = Duration.ofMinutes(5);

	private static final String INSERT = """
			insert into content_use (upload, content_hash, used_at)
			select cast(:upload as varchar), used.hash, cast(:at as timestamp with time zone)
			from unnest(cast(:hashes as varchar array)) as used (hash)
			""";

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

	private final RegistryDatabase database;

	public ContentUses(RegistryDatabase database) {
		this.database = database;
	}

	/**
	 * Says that an upload relies on content, and waits for removals of it that are under
	 * way. Called before the content is stored.
	 * @return name of the use, to be released after the version is written or refused
	 */
	public String use(Collection<ContentHash> hashes) {
		String upload = UUID.randomUUID().toString();
		jdbc().sql(INSERT)
			.param("upload", upload)
			.param("hashes", new SqlArrayValue("varchar", hashes.stream().map(ContentHash::hex).distinct().toArray()))
			.param("at", time(Instant.now()))
			.update();
		awaitRemovals(upload);
		return upload;
	}

	public void release(String upload) {
		jdbc().sql("delete from content_use where upload = :upload").param("upload", upload).update();
	}

	/**
	 * Says that content is about to be removed.
	 * @return when, empty when another node said it before
	 */
	Optional<Instant> startRemoval(ContentHash hash) {
		// Databases keep microseconds.
		Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		try {
			jdbc().sql("insert into content_removal (content_hash, started_at) values (:hash, :at)")
				.param("hash", hash.hex())
				.param("at", time(at))
				.update();
			return Optional.of(at);
		}
		catch (DuplicateKeyException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Ends this removal and no other: one that was held up until it counted as dead may
	 * have been followed by another.
	 * @param started as {@link #startRemoval} said
	 */
	void endRemoval(ContentHash hash, Instant started) {
		jdbc().sql("delete from content_removal where content_hash = :hash and started_at = :started")
			.param("hash", hash.hex())
			.param("started", time(started))
			.update();
	}

	boolean isNamedOrUsed(ContentHash hash) {
		return jdbc().sql("""
				select (select count(*) from version_file where content_hash = :hash)
					+ (select count(*) from content_use where content_hash = :hash)
				""").param("hash", hash.hex()).query(Long.class).single() > 0;
	}

	/** Removes what dead processes left in the tables. */
	void forget(Instant usesBefore) {
		jdbc().sql("delete from content_use where used_at < :limit").param("limit", time(usesBefore)).update();
		jdbc().sql("delete from content_removal where started_at < :limit")
			.param("limit", time(Instant.now().minus(DEAD_REMOVAL)))
			.update();
	}

	private void awaitRemovals(String upload) {
		Instant end = Instant.now().plus(LONGEST_WAIT);
		while (isBeingRemoved(upload)) {
			if (Instant.now().isAfter(end)) {
				release(upload);
				throw new QueryTimeoutException("content of the upload is being removed");
			}
			try {
				Thread.sleep(50);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				release(upload);
				throw new QueryTimeoutException("interrupted", ex);
			}
		}
	}

	private boolean isBeingRemoved(String upload) {
		return jdbc().sql("""
				select count(*)
				from content_removal removal
				join content_use used on used.content_hash = removal.content_hash
				where used.upload = :upload and removal.started_at > :limit
				""")
			.param("upload", upload)
			.param("limit", time(Instant.now().minus(DEAD_REMOVAL)))
			.query(Long.class)
			.single() > 0;
	}

	private JdbcClient jdbc() {
		return this.database.jdbc();
	}

	private static OffsetDateTime time(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}

package dev.pergola.registry.content;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;

import dev.pergola.registry.bundle.ContentHash;
import dev.pergola.registry.database.RegistryDatabase;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who relies on which content. An upload writes what it uses, then looks for removals; a
 * removal is written, then looks for uses. Each commits before it looks, so at least one
 * of two that meet sees the other: the removal gives way, the upload waits.
 */
public final class ContentUses {

	/** A removal takes seconds; one this old was a process that died. */
	static final Duration DEAD_REMOVAL = Duration.ofMinutes(5);

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
		OffsetDateTime at = time(Instant.now());
		this.database.transactions()
			.executeWithoutResult((status) -> hashes.stream()
				.distinct()
				.forEach((hash) -> jdbc()
					.sql("insert into content_use (upload, content_hash, used_at) values (:upload, :hash, :at)")
					.param("upload", upload)
					.param("hash", hash.hex())
					.param("at", at)
					.update()));
		awaitRemovals(upload);
		return upload;
	}

	public void release(String upload) {
		jdbc().sql("delete from content_use where upload = :upload").param("upload", upload).update();
	}

	/** Whether this node may look into removing it; false when another one does. */
	boolean startRemoval(ContentHash hash) {
		try {
			jdbc().sql("insert into content_removal (content_hash, started_at) values (:hash, :at)")
				.param("hash", hash.hex())
				.param("at", time(Instant.now()))
				.update();
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	void endRemoval(ContentHash hash) {
		jdbc().sql("delete from content_removal where content_hash = :hash").param("hash", hash.hex()).update();
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

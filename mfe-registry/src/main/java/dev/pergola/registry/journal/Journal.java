package dev.pergola.registry.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import dev.pergola.registry.audit.AuditFact;
import dev.pergola.registry.audit.AuditStore;
import dev.pergola.registry.caller.Caller;
import dev.pergola.registry.database.RegistryDatabase;

import org.springframework.dao.QueryTimeoutException;

/**
 * The one way to write to the registry. A write locks the revision first, so writes
 * follow one another on all nodes, see what was committed before them and leave no gap;
 * its audit entry is part of the same transaction.
 */
public final class Journal {

	private static final String LOCK = "select revision from catalog_revision where id = 1 for update";

	private static final String READ = "select revision, written_at from catalog_revision where id = 1";

	private static final String ADVANCE = """
			update catalog_revision set revision = :revision, written_at = :at where id = 1
			""";

	/** As long as a connection is waited for by default. */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

	private final ReentrantLock turn = new ReentrantLock(true);

	private final RegistryDatabase database;

	private final AuditStore audit;

	private final Clock clock;

	private final List<LongConsumer> keepers = new CopyOnWriteArrayList<>();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	public Journal(RegistryDatabase database, AuditStore audit, Clock clock) {
		this.database = database;
		this.audit = audit;
		this.clock = clock;
	}

	/**
	 * Runs a change in a transaction of its own.
	 * @param change reads what it must not race with inside; may throw, then nothing
	 * happened; records what it did, or nothing when there was nothing to do
	 * @return what the change returns, after the commit
	 */
	public <T> T write(Caller caller, Function<Write, T> change) {
		Outcome<T> outcome = inTurn(
				() -> Objects.requireNonNull(this.database.transactions().execute((status) -> run(caller, change))));
		if (outcome.written()) {
			this.listeners.forEach(Runnable::run);
		}
		return outcome.value();
	}

	/**
	 * Makes something part of the transaction of each write of this node.
	 * @param keeper is given the revision, after the write did what it does; may throw,
	 * then nothing happened
	 */
	public void inEveryWrite(LongConsumer keeper) {
		this.keepers.add(keeper);
	}

	/**
	 * Does something that is no write, while no node writes.
	 * @param task runs in a transaction; takes no revision
	 */
	public void exclusively(Runnable task) {
		inTurn(() -> {
			this.database.transactions().executeWithoutResult((status) -> {
				lock();
				task.run();
			});
			return true;
		});
	}

	/**
	 * Adds to the audit something that changed nothing, such as a refused token.
	 */
	public void note(Caller caller, AuditFact fact) {
		this.audit.add(null, now(), caller, fact);
	}

	/**
	 * The last write that was committed, on any node.
	 */
	public Revision revision() {
		return this.database.jdbc()
			.sql(READ)
			.query((row, number) -> new Revision(row.getLong("revision"),
					row.getObject("written_at", OffsetDateTime.class).toInstant()))
			.single();
	}

	/**
	 * Calls a listener after each write of this node, on the writer's thread.
	 * @param listener must be quick
	 */
	public void afterWrite(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * First come, first served: of fifty who publish at once none waits for ever. Whoever
	 * waits here has no connection, so the others are free for those who read.
	 */
	private <T> T inTurn(Supplier<T> task) {
		try {
			if (!this.turn.tryLock(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
				throw new QueryTimeoutException("too many writes wait for their turn");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new QueryTimeoutException("interrupted while waiting to write", ex);
		}
		try {
			return task.get();
		}
		finally {
			this.turn.unlock();
		}
	}

	private long lock() {
		return this.database.lock(LOCK);
	}

	private <T> Outcome<T> run(Caller caller, Function<Write, T> change) {
		Write write = new Write(lock() + 1, now());
		T value = change.apply(write);
		AuditFact fact = write.fact();
		if (fact != null) {
			this.audit.add(write.revision(), write.at(), caller, fact);
			this.keepers.forEach((keeper) -> keeper.accept(write.revision()));
			this.database.announce(ADVANCE,
					Map.of("revision", write.revision(), "at", write.at().atOffset(ZoneOffset.UTC)));
		}
		return new Outcome<>(value, fact != null);
	}

	/** Databases keep microseconds. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * A committed write.
	 *
	 * @param number 0 before the first
	 */
	public record Revision(long number, Instant at) {

	}

	private record Outcome<T>(T value, boolean written) {

	}

}

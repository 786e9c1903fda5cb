package dev.pergola.bff.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import dev.pergola.bff.runlog.RunHome;
import dev.pergola.bff.runlog.RunRecord;
import dev.pergola.bff.streams.LogEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** A run of another node, kept up to date for those who watch it here. */
final class Replica {

	private static final Logger log = LoggerFactory.getLogger(Replica.class);

	/** Times its writer is waited for to write the beginning again. */
	private static final int REPAIRS = 20;

	private static final Duration REPAIR_WAIT = Duration.ofMillis(100);

	private final RunHome home;

	private final RunRecord record;

	private final Run run;

	private final Sinks.One<Run> ready = Sinks.one();

	private final Disposable.Swap reading = Disposables.swap();

	private final AtomicInteger repairs = new AtomicInteger();

	private volatile Instant usedAt;

	/** How far it was when that was asked last; of the thread that sweeps. */
	private long looked = -1;

	/** Looks in a row that found nothing to wait for. */
	private final AtomicInteger vain = new AtomicInteger();

	private volatile boolean broken;

	Replica(RunHome home, RunRecord record, AgentProperties properties, Instant now) {
		this.home = home;
		this.record = record;
		this.run = Run.replica(record, properties, now);
		this.usedAt = now;
	}

	/** The run, once all is here that its writer had when it was asked for. */
	Mono<Run> run() {
		return this.ready.asMono();
	}

	/** Begins to read. */
	void start() {
		this.reading.update(this.home.follow(this.record.name(), this::take));
		emitIfReady();
	}

	/**
	 * Knows of the nodes that have written it since, before anything of theirs is here.
	 */
	void heir(RunRecord now) {
		now.progress()
			.epochs()
			.stream()
			.filter((epoch) -> !this.run.log().hasEpoch(epoch))
			.forEach(this.run.log()::beginEpoch);
	}

	/** Notes that somebody asks for it. */
	void use(Instant now) {
		this.usedAt = now;
	}

	boolean isWatched() {
		return this.run.log().readers() > 0;
	}

	boolean isUnused(Instant since) {
		return !isWatched() && this.usedAt.isBefore(since);
	}

	/**
	 * Whether nothing has come since the last time this was asked, although it is not
	 * over.
	 */
	boolean isSilent() {
		long head = this.run.log().head().sequence();
		boolean silent = head == this.looked && !this.run.isOver();
		this.looked = head;
		if (!silent) {
			this.vain.set(0);
		}
		return silent;
	}

	/**
	 * Takes what is known of a run that is silent here. When its record is gone, or has
	 * events that never come, and twice in a row, viewers are sent to ask again: there is
	 * nothing to wait for.
	 */
	void check(Optional<RunRecord> now) {
		now.ifPresent(this::heir);
		long head = this.run.log().head().sequence();
		boolean isVain = now.isEmpty() || now.get().progress().head() > head;
		if (!isVain) {
			this.vain.set(0);
		}
		else if (this.vain.incrementAndGet() > 1) {
			log.warn("run of another node is lost: run={} head={}", this.run.request().upstreamRunId(), head);
			stop();
		}
	}

	boolean isBroken() {
		return this.broken;
	}

	Run content() {
		return this.run;
	}

	void stop() {
		this.broken = true;
		this.reading.dispose();
		if (!this.run.isOver()) {
			this.run.log().abandon();
		}
	}

	private void take(List<LogEntry<byte[]>> entries) {
		for (LogEntry<byte[]> entry : entries) {
			long expected = this.run.log().head().sequence() + 1;
			if (entry.id().sequence() > expected) {
				cut();
				return;
			}
			this.run.show(entry.id(), entry.value());
		}
		emitIfReady();
	}

	private void emitIfReady() {
		if (this.run.log().head().sequence() >= this.record.progress().head()) {
			this.ready.tryEmitValue(this.run);
		}
		if (this.run.isOver()) {
			this.reading.dispose();
		}
	}

	// The log was cut from its beginning, faster than it was read here.
	private void cut() {
		if (this.run.log().head().sequence() > 0 || this.repairs.incrementAndGet() > REPAIRS) {
			this.ready
				.tryEmitError(new BffException(Failure.HISTORY_LOST, "Nobody has this part of the run any more."));
			stop();
			return;
		}
		Mono<Void> repair = (this.repairs.get() == 1) ? this.home.repair(this.record.name()) : Mono.empty();
		this.reading.update(repair.onErrorComplete()
			.then(Mono.delay(REPAIR_WAIT, Schedulers.parallel()))
			.subscribe((tick) -> start()));
	}

}

package dev.pergola.bridge.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.driver.TurnEnd;
import dev.pergola.bridge.process.Exit;
import dev.pergola.bridge.process.NotReadingException;
import dev.pergola.bridge.process.OutputTooLargeException;
import dev.pergola.bridge.trace.RunTrace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a program do a run. The terminal event comes when nothing of the program runs any
 * more, or when it waits for what comes next.
 */
final class Execution {

	private static final Logger logger = LoggerFactory.getLogger(Execution.class);

	/** A program that was told to stop and did may end in order. */
	private static final Duration AFTER_STOP = Duration.ofMillis(500);

	private final CompletableFuture<Void> turnEnd = new CompletableFuture<>();

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final Run run;

	private final Programs programs;

	private final Ladder ladder;

	private final RunMeters meters;

	private final LogGate errorLog;

	private final Speech speech;

	private final RunTrace trace;

	private volatile @Nullable Program program;

	/**
	 * @param claimed the program that waits for what this run answers
	 * @param tooMuch takes reasons to stop that show in what the program says
	 */
	Execution(Run run, @Nullable Program claimed, Programs programs, Ladder ladder, RunMeters meters, LogGate errorLog,
			RunTrace trace, BiConsumer<Run, StopReason> tooMuch) {
		this.run = run;
		this.program = claimed;
		this.programs = programs;
		this.ladder = ladder;
		this.meters = meters;
		this.errorLog = errorLog;
		this.trace = trace;
		this.speech = new Speech(run, meters, (reason) -> tooMuch.accept(run, reason));
	}

	Run run() {
		return this.run;
	}

	/** What its program has printed on standard error so far; empty while it has none. */
	Optional<String> errors() {
		return Optional.ofNullable(held()).map((running) -> running.process().errorsSoFar());
	}

	/** Completes when the run has its terminal event. */
	CompletableFuture<Void> done() {
		return this.done;
	}

	/** Does the run; blocks. */
	void execute() {
		Ending ending = Ending.failed("AGENT_FAILED", "The agent could not be run.");
		try {
			this.run.starting();
			this.meters.queueWait(this.run, Duration.between(this.run.createdAt(), Instant.now()));
			ending = converse();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			ending = Ending.stopped(StopReason.SHUTDOWN, this.run.input(), null);
		}
		catch (RuntimeException | Error ex) {
			logger.error("run {}: runner {} broke the bridge", this.run.id(), this.run.runnerId(), ex);
			abandon();
		}
		finally {
			this.speech.end();
			finish(ending);
		}
	}

	/**
	 * Ends the program early, for the reason the run has noted. Returns when it has
	 * stopped.
	 */
	void stop() {
		this.run.stopping();
		Program running = held();
		if (running != null) {
			this.ladder.stop(running, this.turnEnd);
		}
	}

	/** Ends the run before it began. */
	void skip() {
		Program claimed = this.program;
		if (claimed != null) {
			this.programs.retire(claimed);
		}
		finish(stopped());
	}

	/**
	 * Why the run has to end now, {@code null} where it may go on.
	 */
	@Nullable StopReason overdue(long now) {
		if (this.turnEnd.isDone()) {
			return null;
		}
		if (this.run.startedAt() == null) {
			return isWaitingInVain() ? StopReason.QUEUE : null;
		}
		if (this.run.ran().compareTo(this.run.runner().timeout()) > 0) {
			return StopReason.TIMEOUT;
		}
		if (this.run.state() == RunState.STARTING) {
			return (this.run.ran().compareTo(this.run.runner().waits().start()) > 0) ? StopReason.START : null;
		}
		return this.speech.isSilent(now) ? StopReason.SILENT : null;
	}

	/** A program that has its answer takes its memory while it waits for its turn. */
	private boolean isWaitingInVain() {
		Duration longest = this.run.runner().reuse().parkTimeout();
		return this.program != null && this.run.createdAt().plus(longest).isBefore(Instant.now());
	}

	private Ending converse() throws InterruptedException {
		if (this.run.stopReason() != null) {
			abandon();
			return stopped();
		}
		Program running = this.program;
		try {
			if (running == null) {
				running = this.programs.take(this.run, this.trace.variable());
				this.program = running;
			}
		}
		catch (IOException ex) {
			logger.warn("run {}: runner {} could not be started: {}", this.run.id(), this.run.runnerId(),
					ex.getMessage());
			return Ending.failed("AGENT_START", "The agent could not be started.");
		}
		return talk(running);
	}

	private Ending talk(Program running) throws InterruptedException {
		this.speech.hide(running.process().redaction());
		try {
			// Who stopped it while the program was being started found none to stop.
			if (this.run.stopReason() == null) {
				running.getReady();
			}
			if (this.run.stopReason() != null) {
				release(running, Duration.ZERO);
				return stopped();
			}
			this.run.running();
			this.speech.begin();
			TurnEnd end = running.turn(this.run.input(), this.speech);
			this.turnEnd.complete(null);
			return settle(running, end);
		}
		catch (DialogueException ex) {
			this.meters.unreadable(this.run);
			return broken(running, Ending.failed(ex.code(), ex.text()));
		}
		catch (IOException ex) {
			return cutOff(running, ex);
		}
		finally {
			this.turnEnd.complete(null);
		}
	}

	/** The program went away, or its words did; a dialogue may have wrapped why. */
	private Ending cutOff(Program running, IOException ex) throws InterruptedException {
		Throwable cause = (ex.getCause() instanceof IOException inner) ? inner : ex;
		return switch (cause) {
			case OutputTooLargeException tooLarge ->
				broken(running, Ending.stopped(StopReason.OUTPUT, this.run.input(), null));
			case NotReadingException notReading ->
				broken(running, Ending.failed("AGENT_NOT_READING", "The agent did not read what it was told in time."));
			default -> stoppedOr(Ending.exited(this.run.input(), this.run.runner().format(),
					release(running, this.run.runner().waits().exit()), this.speech.spoke()));
		};
	}

	/**
	 * A program that has said its last word has: a stop that comes while it goes away
	 * changes nothing.
	 */
	private Ending settle(Program running, TurnEnd end) throws InterruptedException {
		if ((end instanceof TurnEnd.Waiting || isWorthKeeping(running, end)) && letGo()) {
			return rest(running, end);
		}
		boolean stopping = this.run.stopReason() != null;
		Ending ending = ending(end, release(running, stopping ? AFTER_STOP : this.run.runner().waits().exit()));
		boolean last = end instanceof TurnEnd.Finished || end instanceof TurnEnd.Failed;
		return (last && !stopping) ? ending : stoppedOr(ending);
	}

	/** The program a stop would end; none where it may be another run's by now. */
	private synchronized @Nullable Program held() {
		return this.program;
	}

	/**
	 * Gives the program away, so that no stop of this run reaches it any more.
	 * @return whether it may live on: nobody wants it stopped
	 */
	private synchronized boolean letGo() {
		boolean free = this.run.stopReason() == null;
		if (free) {
			this.program = null;
		}
		return free;
	}

	private boolean isWorthKeeping(Program running, TurnEnd end) {
		boolean well = end instanceof TurnEnd.Finished || end instanceof TurnEnd.Stopped;
		return well && !this.run.runner().reuse().keep().isZero() && running.canGoOn();
	}

	/** The program lives on: what it says next belongs to another run. */
	private Ending rest(Program running, TurnEnd end) {
		try {
			this.speech.end();
			this.run.left(null, running.process().errors());
			return (end instanceof TurnEnd.Waiting waiting) ? park(running, waiting) : keep(running, end);
		}
		catch (RuntimeException | Error ex) {
			// This run has let go of it, and nobody else knows it.
			running.close();
			throw ex;
		}
	}

	private Ending park(Program running, TurnEnd.Waiting end) {
		end.interrupts().forEach((interrupt) -> Expiry.set(interrupt, this.run.runner().reuse().parkTimeout()));
		Ending ending = ending(end, null);
		this.programs.park(this.run, running);
		return ending;
	}

	private Ending keep(Program running, TurnEnd end) {
		Ending ending = ending(end, null);
		this.programs.keep(this.run, running);
		return ending;
	}

	private Ending ending(TurnEnd end, @Nullable Exit exit) {
		return Ending.of(end, this.run.input(), this.run.runner().format(), exit, this.speech.spoke());
	}

	private Ending broken(Program running, Ending ending) throws InterruptedException {
		release(running, Duration.ZERO);
		return stoppedOr(ending);
	}

	/** Who asked for the end decides what it is called. */
	private Ending stoppedOr(Ending otherwise) {
		StopReason reason = this.run.stopReason();
		return (reason != null) ? Ending.stopped(reason, this.run.input(), otherwise.usage()) : otherwise;
	}

	private Ending stopped() {
		return Ending.stopped(Objects.requireNonNull(this.run.stopReason()), this.run.input(), null);
	}

	/**
	 * Lets the program end, or ends it.
	 * @return how it ended, {@code null} where it had to be ended
	 */
	private @Nullable Exit release(Program running, Duration wait) throws InterruptedException {
		this.turnEnd.complete(null);
		boolean byItself = running.retire(wait);
		Exit exit = running.process().exit().orElse(null);
		this.run.left(exit, running.process().errors());
		running.close();
		this.meters.output(this.run.runnerId(), running.process().printedBytes());
		this.meters.late(this.run.runnerId(), running.process().lateBytes());
		return byItself ? exit : null;
	}

	private void abandon() {
		Program running = this.program;
		if (running != null) {
			running.close();
		}
	}

	private void finish(Ending ending) {
		this.run.finish(this.speech.clean(ending));
		if (ending.state() == RunState.PARKED && this.run.stopReason() != null) {
			this.programs.drop(this.run);
		}
		this.meters.ended(this.run, ending, this.run.ran());
		this.trace.end(ending.outcome(), ending.code());
		if (ending.state() == RunState.FAILED) {
			logger.warn("run {}: runner {} failed: code={} exit={} stderr={}", this.run.id(), this.run.runnerId(),
					ending.code(), this.run.exit(), this.errorLog.pass(this.run.runnerId(), this.run.errors()));
		}
		this.done.complete(null);
	}

}

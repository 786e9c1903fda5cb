package dev.pergola.bridge.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import dev.pergola.bridge.agui.AgUi;
import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.process.Exit;
import dev.pergola.bridge.runner.Runner;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * One execution of a runner's program: what is known of it, and its log. Whatever happens
 * to it, its log ends with exactly one terminal event.
 */
public final class Run {

	private final Caller caller;

	private final String runnerId;

	private final Runner runner;

	private final String id;

	private final String threadId;

	private final String digest;

	private final RunLog log;

	private final Instant createdAt = Instant.now();

	private final AtomicReference<@Nullable StopReason> stopReason = new AtomicReference<>();

	private volatile RunState state = RunState.QUEUED;

	private @Nullable RunState afterParked;

	private volatile int queuePosition;

	/** When somebody was last seen reading. */
	private volatile Instant readAt = this.createdAt;

	private volatile @Nullable Instant startedAt;

	private volatile @Nullable Instant endedAt;

	private volatile @Nullable Ending ending;

	private volatile @Nullable Exit exit;

	private volatile @Nullable String errors;

	/** Not kept of a run that has ended: it may be large. */
	private volatile @Nullable RunInput input;

	Run(Caller caller, String runnerId, Runner runner, RunInput input, RunLog log) {
		this.caller = caller;
		this.runnerId = runnerId;
		this.runner = runner;
		this.id = input.runId();
		this.threadId = input.threadId();
		this.digest = input.digest();
		this.input = input;
		this.log = log;
		this.log.append(AgUi.runStarted(input));
	}

	/**
	 * The events after a place in this run, and each further one until the run has ended.
	 * @param sequence number of the last event the client saw; 0 for all
	 */
	public Flux<RunEvent> after(long sequence) {
		return this.log.after(sequence);
	}

	/**
	 * The sequence after which a client reads on.
	 * @param lastEventId what it sent; empty for all
	 * @throws RunNotFoundException where the id is none of this run's
	 */
	public long cursor(String lastEventId) {
		if (lastEventId.isEmpty()) {
			return 0;
		}
		return EventId.parse(lastEventId).flatMap(this.log::sequence).orElseThrow(() -> new RunNotFoundException(id()));
	}

	public String id() {
		return this.id;
	}

	String threadId() {
		return this.threadId;
	}

	/** Tells the request it came with from all others. */
	String digest() {
		return this.digest;
	}

	public Caller caller() {
		return this.caller;
	}

	public String runnerId() {
		return this.runnerId;
	}

	public RunState state() {
		return this.state;
	}

	/** Whether its program is not at work yet. */
	boolean isStarting() {
		return this.state == RunState.QUEUED || this.state == RunState.STARTING;
	}

	/** Place among those that wait, from 1; 0 where it does not wait. */
	int queuePosition() {
		return (this.state == RunState.QUEUED) ? this.queuePosition : 0;
	}

	Instant createdAt() {
		return this.createdAt;
	}

	@Nullable Instant startedAt() {
		return this.startedAt;
	}

	@Nullable Instant endedAt() {
		return this.endedAt;
	}

	@Nullable Ending ending() {
		return this.ending;
	}

	@Nullable Exit exit() {
		return this.exit;
	}

	/** What its program printed on standard error at last, without secrets. */
	String errors() {
		return Objects.requireNonNullElse(this.errors, "");
	}

	/** Whether that is known: a program was there and is not the run's any more. */
	boolean hasErrors() {
		return this.errors != null;
	}

	Runner runner() {
		return this.runner;
	}

	/** What was asked; not for a run that has ended. */
	RunInput input() {
		return Objects.requireNonNull(this.input);
	}

	/** Memory it takes, about. */
	long keptBytes() {
		RunInput asked = this.input;
		return this.log.bytes() + errors().length() + ((asked != null) ? asked.characters() : 0);
	}

	/** How long it ran, or has run so far. */
	Duration ran() {
		Instant start = this.startedAt;
		Instant end = this.endedAt;
		return (start == null) ? Duration.ZERO : Duration.between(start, (end != null) ? end : Instant.now());
	}

	/** Tells of its position, where that is another one than before; 0 for its turn. */
	void queuedAt(int position) {
		if (this.queuePosition != position) {
			this.queuePosition = position;
			this.log.append(AgUi.queued(position));
		}
	}

	/**
	 * Whether nobody has read it for so long, as far as this was asked.
	 */
	boolean isUnread(Duration longest, Instant now) {
		if (this.log.isRead()) {
			this.readAt = now;
		}
		return this.readAt.plus(longest).isBefore(now);
	}

	@Nullable StopReason stopReason() {
		return this.stopReason.get();
	}

	/**
	 * Notes why the run is to end.
	 * @return whether this is the first reason
	 */
	boolean requestStop(StopReason reason) {
		return this.state.isActive() && this.stopReason.compareAndSet(null, reason);
	}

	synchronized void starting() {
		this.startedAt = Instant.now();
		move(RunState.STARTING);
		queuedAt(0);
	}

	synchronized void running() {
		move(RunState.RUNNING);
	}

	synchronized void stopping() {
		move(RunState.STOPPING);
	}

	/**
	 * Adds what the program said.
	 * @return whether there was room for it
	 */
	boolean append(String event) {
		return this.log.append(event);
	}

	/** Adds what closes something the program said. */
	void close(String event) {
		this.log.close(event);
	}

	void left(@Nullable Exit exit, String errors) {
		this.exit = exit;
		this.errors = errors;
	}

	/** Ends the run; only the first end counts. */
	synchronized void finish(Ending ending) {
		if (this.state.isActive()) {
			RunState after = this.afterParked;
			this.ending = ending;
			this.endedAt = Instant.now();
			this.state = (ending.state() == RunState.PARKED && after != null) ? after : ending.state();
			this.input = null;
			this.log.end(ending.terminal());
		}
	}

	/** What becomes of a run whose program waited for answers; its stream has its end. */
	synchronized void unpark(RunState next) {
		this.afterParked = next;
		if (this.state == RunState.PARKED) {
			this.state = next;
		}
	}

	private void move(RunState next) {
		if (this.state.isActive() && this.state != RunState.STOPPING) {
			this.state = next;
		}
	}

}

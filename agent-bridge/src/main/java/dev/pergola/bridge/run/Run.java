package dev.pergola.bridge.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import dev.pergola.bridge.process.AgentProcess;
import dev.pergola.bridge.runner.Runner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * One execution of a runner's program. Whatever happens to it, its log ends with exactly
 * one terminal event.
 */
public final class Run {

	private static final Logger logger = LoggerFactory.getLogger(Run.class);

	private final String principal;

	private final String runnerId;

	private final Runner runner;

	private final RunInput input;

	private final RunLog log;

	private final Instant createdAt = Instant.now();

	private final AtomicReference<@Nullable StopReason> stopReason = new AtomicReference<>();

	private volatile RunState state = RunState.QUEUED;

	private volatile @Nullable AgentProcess process;

	private volatile @Nullable Instant endedAt;

	private volatile long lastOutput = System.nanoTime();

	Run(String principal, String runnerId, Runner runner, RunInput input, long epoch) {
		this.principal = principal;
		this.runnerId = runnerId;
		this.runner = runner;
		this.input = input;
		this.log = new RunLog(epoch);
		this.log.append(AgUi.runStarted(input), false);
	}

	/**
	 * The events after a place in this run, and each further one until the run has ended.
	 * @param sequence number of the last event the client saw; 0 for all
	 */
	public Flux<RunEvent> after(long sequence) {
		return this.log.after(sequence);
	}

	public String id() {
		return this.input.runId();
	}

	public String principal() {
		return this.principal;
	}

	public String runnerId() {
		return this.runnerId;
	}

	public RunState state() {
		return this.state;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	public @Nullable Instant endedAt() {
		return this.endedAt;
	}

	RunInput input() {
		return this.input;
	}

	Duration timeout() {
		return this.runner.timeout();
	}

	boolean isSilentTooLong() {
		return System.nanoTime() - this.lastOutput > this.runner.silence().toNanos();
	}

	void queuedAt(int position) {
		this.log.append(AgUi.queued(position), false);
	}

	/**
	 * Runs the program to its end; blocks. The terminal event comes when nothing of the
	 * program is left.
	 * @param directory folder for the program's private home
	 * @param killAfter time between asking it to end and killing it
	 */
	void execute(Path directory, Duration killAfter) {
		if (this.stopReason.get() != null) {
			finish(stopped());
			return;
		}
		this.state = RunState.RUNNING;
		this.lastOutput = System.nanoTime();
		Ending ending;
		try (AgentProcess started = AgentProcess.start(this.runner, directory)) {
			this.process = started;
			if (this.stopReason.get() != null) {
				started.stop(killAfter);
			}
			started.write(this.input.bytes(this.runner.input()));
			ending = relay(started, killAfter);
		}
		catch (IOException ex) {
			logger.warn("run {}: runner {} could not be started or read: {}", id(), this.runnerId, ex.getMessage());
			ending = failure("AGENT_START", "The agent could not be started.");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			ending = failure(StopReason.SHUTDOWN.code(), StopReason.SHUTDOWN.message());
		}
		this.process = null;
		finish(ending);
	}

	/**
	 * Ends the program early; does nothing once the run has ended. Returns when nothing
	 * of the program is left.
	 */
	void stop(StopReason reason, Duration killAfter) {
		if (this.state.isFinal() || !this.stopReason.compareAndSet(null, reason)) {
			return;
		}
		AgentProcess running = this.process;
		if (running != null) {
			this.state = RunState.STOPPING;
			running.stop(killAfter);
		}
		else if (this.state == RunState.QUEUED) {
			finish(stopped());
		}
	}

	private Ending relay(AgentProcess started, Duration killAfter) throws IOException, InterruptedException {
		TextOutput output = new TextOutput(id() + ":0", this::append);
		if (!output.relay(started.output(), this.runner.outputLimit().toBytes())) {
			stop(StopReason.OUTPUT, killAfter);
		}
		int code = started.waitFor();
		output.close();
		if (this.stopReason.get() != null) {
			return stopped();
		}
		if (code != 0) {
			logger.warn("run {}: runner {} ended with code {}: {}", id(), this.runnerId, code, started.errors());
			return failure("AGENT_EXIT", "The agent ended with an error (exit code %d).".formatted(code));
		}
		if (!output.isOpen()) {
			return failure("AGENT_NO_RESULT", "The agent ended without an answer.");
		}
		return new Ending(RunState.SUCCEEDED, AgUi.runFinished(this.input, false));
	}

	private void append(String event) {
		this.lastOutput = System.nanoTime();
		this.log.append(event, false);
	}

	/** A stop for any other reason than a person's wish is a failure, and says so. */
	private Ending stopped() {
		StopReason reason = Objects.requireNonNull(this.stopReason.get());
		return (reason == StopReason.CANCELLED) ? new Ending(RunState.CANCELLED, AgUi.runFinished(this.input, true))
				: failure(reason.code(), reason.message());
	}

	private static Ending failure(String code, String message) {
		return new Ending(RunState.FAILED, AgUi.runError(code, message));
	}

	private synchronized void finish(Ending ending) {
		if (this.state.isFinal()) {
			return;
		}
		this.state = ending.state();
		this.endedAt = Instant.now();
		this.log.append(ending.terminal(), true);
	}

	/** The final state and the event that tells of it. */
	private record Ending(RunState state, String terminal) {

	}

}

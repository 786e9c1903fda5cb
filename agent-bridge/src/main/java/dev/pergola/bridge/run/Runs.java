package dev.pergola.bridge.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.pergola.bridge.agui.RunInput;
import dev.pergola.bridge.driver.Driver;
import dev.pergola.bridge.process.Launcher;
import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.Runners;
import dev.pergola.bridge.trace.RunTrace;
import dev.pergola.bridge.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The runs of this bridge. Closing it ends every program.
 */
public final class Runs implements AutoCloseable {

	private static final Duration TICK = Duration.ofMillis(200);

	private static final int TICKS_PER_SWEEP = 50;

	private final Map<String, Execution> executions = new ConcurrentHashMap<>();

	private final LogGate errorLog = new LogGate();

	private long epoch = System.currentTimeMillis();

	private final Runners runners;

	private final RunLimits limits;

	private final RunMeters meters;

	private final Traces traces;

	private final Ladder ladder;

	private final Programs programs;

	private final RunQueue queue;

	private final KnownRuns known;

	private final Watch watch;

	private volatile Duration usualTime = Duration.ofSeconds(5);

	private long ticks;

	private boolean closed;

	public Runs(Runners runners, RunLimits limits, Launcher launcher, Function<Runner, Driver> drivers,
			MeterRegistry registry, Traces traces) {
		this.traces = traces;
		this.runners = runners;
		this.limits = limits;
		this.known = new KnownRuns(limits);
		this.meters = new RunMeters(registry);
		this.ladder = new Ladder(limits.stop(), this.meters);
		FreeMemory memory = FreeMemory.ofMachine(limits.freeMemory().toBytes());
		this.programs = new Programs(new Starter(launcher, drivers, this.meters), runners, memory, this.meters,
				limits.maxParked(), limits.maxKept());
		this.queue = new RunQueue(limits, memory::holds, this::launch, System::nanoTime);
		this.meters.gauge("running", this.queue, RunQueue::runningCount);
		this.meters.gauge("queued", this.queue, RunQueue::waitingCount);
		this.meters.orphans(launcher.reap());
		this.watch = new Watch(this::tick, TICK);
	}

	/**
	 * Starts a run, or finds the one that this very request started before. A run that
	 * brings answers goes on with the program that waits for them.
	 * @throws dev.pergola.bridge.runner.RunnerNotFoundException where no such runner is
	 * configured
	 * @throws RunConflictException where the id belongs to another request
	 * @throws TooManyRunsException where no place is left
	 */
	public synchronized Run start(Caller caller, String runnerId, RunInput input) {
		Runner runner = this.runners.get(runnerId);
		Run before = this.known.find(input.runId()).orElse(null);
		if (before != null) {
			return same(before, caller, runnerId, input);
		}
		admit(caller);
		Run run = new Run(caller, runnerId, runner, input, new RunLog(this.epoch++, this.limits.maxLog().toBytes()));
		if (!input.resume().isEmpty()) {
			goOn(run);
		}
		else {
			begin(run, null);
		}
		this.known.add(run);
		return run;
	}

	/**
	 * Finds the run that this very request started before, and starts none.
	 * @throws RunNotFoundException where it is not known, or no longer
	 * @throws RunConflictException where the id belongs to another request
	 */
	public synchronized Run attach(Caller caller, String runnerId, RunInput input) {
		return same(get(input.runId()), caller, runnerId, input);
	}

	/**
	 * The run of that id.
	 * @throws RunNotFoundException where it is not known, or no longer
	 */
	public synchronized Run get(String runId) {
		return this.known.find(runId).orElseThrow(() -> new RunNotFoundException(runId));
	}

	/**
	 * What a run is doing.
	 * @throws RunNotFoundException where it is not known, or no longer
	 */
	RunStatus status(String runId) {
		Run run = get(runId);
		Optional<String> left = run.hasErrors() ? Optional.of(run.errors()) : Optional.empty();
		return RunStatus.of(run,
				left.or(() -> Optional.ofNullable(this.executions.get(runId)).flatMap(Execution::errors)).orElse(null));
	}

	/**
	 * Ends a run on a person's wish; does nothing where it has ended. Returns at once.
	 * @throws RunNotFoundException where it is not known
	 */
	public void cancel(String runId) {
		Run run = get(runId);
		if (run.state() == RunState.PARKED) {
			this.programs.drop(run);
		}
		stopLater(run, StopReason.CANCELLED);
	}

	int warmCount(String runnerId) {
		return this.programs.warmCount(runnerId);
	}

	/** Ends every run, and returns when each has told of it. */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		List<Execution> running = List.copyOf(this.executions.values());
		running.forEach((execution) -> stopLater(execution.run(), StopReason.SHUTDOWN));
		CompletableFuture.allOf(running.stream().map(Execution::done).toArray(CompletableFuture[]::new))
			.completeOnTimeout(null, longestStop().toMillis(), TimeUnit.MILLISECONDS)
			.join();
		this.watch.close();
		this.programs.close();
	}

	private Duration longestStop() {
		StopWaits stop = this.limits.stop();
		return stop.interrupt().plus(stop.sigint()).plus(stop.sigterm()).plusSeconds(2);
	}

	private static Run same(Run known, Caller caller, String runnerId, RunInput input) {
		if (known.caller().person().equals(caller.person()) && known.runnerId().equals(runnerId)
				&& known.digest().equals(input.digest())) {
			return known;
		}
		throw new RunConflictException(input.runId());
	}

	private void admit(Caller caller) {
		if (this.closed) {
			throw new TooManyRunsException("this bridge is stopping", Duration.ofSeconds(5));
		}
		long active = this.known.activeOf(caller);
		if (active >= this.limits.maxPerPrincipal()) {
			throw new TooManyRunsException("this person has %d runs already".formatted(active), this.usualTime);
		}
	}

	private void goOn(Run run) {
		Program waiting = this.programs.claim(Conversation.of(run)).orElse(null);
		if (waiting == null) {
			run.finish(Ending.failed("AGENT_INTERRUPT_EXPIRED", "The agent no longer waits for this answer."));
			return;
		}
		begin(run, waiting);
	}

	private void begin(Run run, @Nullable Program claimed) {
		RunTrace trace = this.traces.begin(run.caller().traceparent(), run.runnerId(), run.caller().team());
		this.executions.put(run.id(), new Execution(run, claimed, this.programs, this.ladder, this.meters,
				this.errorLog, trace, this::stopLater));
		try {
			if (claimed != null) {
				this.queue.addAnyway(run);
			}
			else {
				this.queue.add(run);
			}
		}
		catch (FullQueueException ex) {
			this.executions.remove(run.id());
			trace.end("refused", "");
			throw new TooManyRunsException("%d runs wait already".formatted(ex.waiting()),
					this.usualTime.multipliedBy(ex.waiting()).dividedBy(this.limits.maxRuns()));
		}
	}

	private void launch(Run run) {
		Execution execution = Objects.requireNonNull(this.executions.get(run.id()));
		Thread.ofVirtual().name("agent-run").start(() -> {
			try {
				execution.execute();
			}
			finally {
				ended(run);
			}
		});
	}

	private void ended(Run run) {
		this.executions.remove(run.id());
		this.usualTime = this.usualTime.multipliedBy(4).plus(run.ran()).dividedBy(5);
		this.queue.remove(run);
	}

	private void stopLater(Run run, StopReason reason) {
		Execution execution = this.executions.get(run.id());
		if (execution == null || !run.requestStop(reason)) {
			return;
		}
		Thread.ofVirtual().name("agent-stop").start(() -> {
			if (this.queue.withdraw(run)) {
				execution.skip();
				this.executions.remove(run.id());
			}
			else {
				execution.stop();
			}
		});
	}

	private void tick() {
		long now = System.nanoTime();
		this.executions.values().forEach((execution) -> {
			StopReason reason = execution.overdue(now);
			if (reason != null) {
				stopLater(execution.run(), reason);
			}
			else if (isUnread(execution.run())) {
				stopLater(execution.run(), StopReason.UNREAD);
			}
		});
		this.queue.refresh();
		this.programs.refresh();
		if (this.ticks++ % TICKS_PER_SWEEP == 0) {
			forget();
		}
	}

	/** The bff reads as long as it wants the run: there is none any more. */
	private boolean isUnread(Run run) {
		Duration longest = this.limits.unreadAfter();
		return !longest.isZero() && run.isUnread(longest, Instant.now());
	}

	private synchronized void forget() {
		this.known.forget(Instant.now());
	}

}

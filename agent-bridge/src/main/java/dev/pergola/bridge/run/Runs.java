package dev.pergola.bridge.run;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.Runners;

/**
 * The runs of this bridge. Closing it ends every program.
 */
public final class Runs implements AutoCloseable {

	private final Map<String, Run> byId = new LinkedHashMap<>();

	private final ScheduledExecutorService watch = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("agent-watch").factory());

	private final long epoch = System.currentTimeMillis();

	private final Runners runners;

	private final RunLimits limits;

	private final RunQueue queue;

	private boolean closed;

	public Runs(Runners runners, RunLimits limits) {
		this.runners = runners;
		this.limits = limits;
		this.queue = new RunQueue(limits.maxRuns(), limits.maxQueued(), this::launch);
		this.watch.scheduleWithFixedDelay(this::forget, 30, 30, TimeUnit.SECONDS);
	}

	/**
	 * Starts a run, or finds the one that this very request started before.
	 * @throws dev.pergola.bridge.runner.RunnerNotFoundException where no such runner is
	 * configured
	 * @throws RunConflictException where the id belongs to another request
	 * @throws TooManyRunsException where no place is left
	 */
	public synchronized Run start(String principal, String runnerId, RunInput input) {
		Runner runner = this.runners.get(runnerId);
		Run known = this.byId.get(input.runId());
		if (known != null) {
			return same(known, principal, runnerId, input);
		}
		admit(principal);
		Run run = new Run(principal, runnerId, runner, input, this.epoch);
		this.queue.add(run);
		this.byId.put(input.runId(), run);
		return run;
	}

	/**
	 * The run of that id.
	 * @throws RunNotFoundException where it is not known, or no longer
	 */
	public synchronized Run get(String runId) {
		Run run = this.byId.get(runId);
		if (run == null) {
			throw new RunNotFoundException(runId);
		}
		return run;
	}

	/**
	 * Ends a run on a person's wish; does nothing where it has ended. Returns at once.
	 * @throws RunNotFoundException where it is not known
	 */
	public void cancel(String runId) {
		Run run = get(runId);
		Thread.ofVirtual().name("agent-cancel").start(() -> {
			run.stop(StopReason.CANCELLED, this.limits.killAfter());
			this.queue.remove(run);
		});
	}

	/**
	 * The sequence after which a client reads on.
	 * @param lastEventId what it sent; empty for all
	 * @throws RunNotFoundException where the id is none of this run's
	 */
	public long cursor(Run run, String lastEventId) {
		if (lastEventId.isEmpty()) {
			return 0;
		}
		return EventId.parse(lastEventId)
			.filter((id) -> id.epoch() == this.epoch)
			.orElseThrow(() -> new RunNotFoundException(run.id()))
			.sequence();
	}

	@Override
	public void close() {
		List<Run> running;
		synchronized (this) {
			this.closed = true;
			running = List.copyOf(this.byId.values());
		}
		this.watch.shutdownNow();
		running.parallelStream().forEach((run) -> run.stop(StopReason.SHUTDOWN, this.limits.killAfter()));
	}

	private Run same(Run known, String principal, String runnerId, RunInput input) {
		if (known.principal().equals(principal) && known.runnerId().equals(runnerId)
				&& known.input().digest().equals(input.digest())) {
			return known;
		}
		throw new RunConflictException(input.runId());
	}

	private void admit(String principal) {
		if (this.closed) {
			throw new TooManyRunsException("this bridge is stopping");
		}
		long active = this.byId.values()
			.stream()
			.filter((run) -> !run.state().isFinal() && run.principal().equals(principal))
			.count();
		if (active >= this.limits.maxPerPrincipal()) {
			throw new TooManyRunsException("this person has %d runs already".formatted(active));
		}
	}

	private void launch(Run run) {
		Thread.ofVirtual().name("agent-run").start(() -> {
			ScheduledFuture<?> timeout = this.watch.schedule(() -> stopLater(run, StopReason.TIMEOUT),
					run.timeout().toMillis(), TimeUnit.MILLISECONDS);
			ScheduledFuture<?> silence = this.watch.scheduleWithFixedDelay(() -> checkSilence(run), 1, 1,
					TimeUnit.SECONDS);
			try {
				run.execute(this.limits.directory(), this.limits.killAfter());
			}
			finally {
				timeout.cancel(false);
				silence.cancel(false);
				this.queue.remove(run);
			}
		});
	}

	private void checkSilence(Run run) {
		if (run.isSilentTooLong()) {
			stopLater(run, StopReason.SILENT);
		}
	}

	private void stopLater(Run run, StopReason reason) {
		Thread.ofVirtual().name("agent-stop").start(() -> run.stop(reason, this.limits.killAfter()));
	}

	private synchronized void forget() {
		Instant oldest = Instant.now().minus(this.limits.retention());
		this.byId.values().removeIf((run) -> ended(run).isBefore(oldest));
		List<Run> ended = this.byId.values()
			.stream()
			.filter((run) -> run.endedAt() != null)
			.sorted(Comparator.comparing(Runs::ended))
			.toList();
		ended.stream()
			.limit(Math.max(0, ended.size() - this.limits.maxRetained()))
			.forEach((run) -> this.byId.remove(run.id()));
	}

	private static Instant ended(Run run) {
		Instant endedAt = run.endedAt();
		return (endedAt != null) ? endedAt : Instant.MAX;
	}

}

package dev.pergola.bridge.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import dev.pergola.bridge.driver.DialogueException;
import dev.pergola.bridge.runner.Runner;
import dev.pergola.bridge.runner.Runners;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Programs that were never used and are ready for a run, whoever's that is.
 */
final class WarmPrograms implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WarmPrograms.class);

	private static final Duration PAUSE = Duration.ofSeconds(30);

	private final Map<String, Deque<Program>> ready = new HashMap<>();

	private final Map<String, Long> failed = new HashMap<>();

	private final Starter starter;

	private final Runners runners;

	private final BooleanSupplier hasRoom;

	private final Retirement retirement;

	private final long pauseNanos;

	private @Nullable Thread refill;

	private boolean closed;

	/**
	 * @param hasRoom whether the machine has room for a further program
	 */
	WarmPrograms(Starter starter, Runners runners, BooleanSupplier hasRoom, Retirement retirement) {
		this(starter, runners, hasRoom, retirement, PAUSE);
	}

	/**
	 * @param pause time after which a program that cannot be started, or ends while it
	 * waits, is tried again
	 */
	WarmPrograms(Starter starter, Runners runners, BooleanSupplier hasRoom, Retirement retirement, Duration pause) {
		this.starter = starter;
		this.runners = runners;
		this.hasRoom = hasRoom;
		this.retirement = retirement;
		this.pauseNanos = pause.toNanos();
	}

	/** A program of that runner; from now on it is the caller's. */
	synchronized Optional<Program> take(String runnerId) {
		Deque<Program> waiting = this.ready.getOrDefault(runnerId, new ArrayDeque<>());
		for (Program program = waiting.poll(); program != null; program = waiting.poll()) {
			if (program.process().isAlive()) {
				return Optional.of(program);
			}
			this.retirement.begin(program, false);
		}
		return Optional.empty();
	}

	/**
	 * Ends what is left of those that ended, and starts what is missing, in the
	 * background.
	 */
	synchronized void refresh() {
		this.ready.forEach(this::retireEnded);
		boolean missing = this.runners.byId().entrySet().stream().anyMatch((it) -> lacks(it.getKey(), it.getValue()));
		boolean resting = this.refill == null || !this.refill.isAlive();
		if (missing && resting && this.hasRoom.getAsBoolean()) {
			this.refill = Thread.ofVirtual().name("agent-warm").start(() -> this.runners.byId().forEach(this::fill));
		}
	}

	synchronized int count(String runnerId) {
		return this.ready.getOrDefault(runnerId, new ArrayDeque<>()).size();
	}

	@Override
	public void close() {
		Thread refilling;
		synchronized (this) {
			this.closed = true;
			refilling = this.refill;
			this.ready.values()
				.forEach((waiting) -> waiting.forEach((program) -> this.retirement.begin(program, false)));
			this.ready.clear();
		}
		try {
			if (refilling != null) {
				refilling.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void retireEnded(String runnerId, Deque<Program> waiting) {
		List<Program> ended = waiting.stream().filter((program) -> !program.process().isAlive()).toList();
		if (!ended.isEmpty()) {
			waiting.removeAll(ended);
			ended.forEach((program) -> this.retirement.begin(program, false));
			pause(runnerId);
		}
	}

	private void fill(String runnerId, Runner runner) {
		// One that stands ready is to serve runs, not to keep them out.
		while (lacks(runnerId, runner) && this.hasRoom.getAsBoolean()) {
			try {
				stand(runnerId, started(runnerId, runner));
			}
			catch (IOException ex) {
				logger.warn("runner {}: no program could be made ready: {}", runnerId, ex.getMessage());
				pause(runnerId);
			}
		}
	}

	private synchronized boolean lacks(String runnerId, Runner runner) {
		Long last = this.failed.get(runnerId);
		boolean paused = last != null && System.nanoTime() - last < this.pauseNanos;
		return !this.closed && !paused && count(runnerId) < runner.reuse().warm();
	}

	private synchronized void pause(String runnerId) {
		this.failed.put(runnerId, System.nanoTime());
	}

	private synchronized void stand(String runnerId, Program program) {
		if (this.closed) {
			this.retirement.begin(program, false);
			return;
		}
		this.ready.computeIfAbsent(runnerId, (id) -> new ArrayDeque<>()).add(program);
	}

	private Program started(String runnerId, Runner runner) throws IOException {
		Program program = this.starter.start(runnerId, runner, Map.of());
		CompletableFuture<Void> late = CompletableFuture.runAsync(program.process()::kill,
				CompletableFuture.delayedExecutor(runner.waits().start().toMillis(), TimeUnit.MILLISECONDS));
		try {
			program.getReady();
			return program;
		}
		catch (IOException | DialogueException | InterruptedException ex) {
			this.retirement.begin(program, false);
			throw new IOException(ex.getMessage(), ex);
		}
		finally {
			late.cancel(false);
		}
	}

}

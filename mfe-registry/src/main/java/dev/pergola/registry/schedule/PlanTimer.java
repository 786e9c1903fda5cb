package dev.pergola.registry.schedule;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Looks for due plans, on every node.
 */
public final class PlanTimer implements SmartLifecycle {

	private static final Logger LOGGER = LoggerFactory.getLogger(PlanTimer.class);

	private final DuePlans plans;

	private final Duration poll;

	private volatile @Nullable ScheduledExecutorService executor;

	private boolean failing;

	public PlanTimer(DuePlans plans, Duration poll) {
		this.plans = plans;
		this.poll = poll;
	}

	@Override
	public void start() {
		ScheduledExecutorService started = Executors
			.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("registry-plans").factory());
		started.scheduleWithFixedDelay(this::look, this.poll.toMillis(), this.poll.toMillis(), TimeUnit.MILLISECONDS);
		this.executor = started;
	}

	/** A step under way is finished by the database or not at all. */
	@Override
	public void stop() {
		ScheduledExecutorService started = this.executor;
		if (started != null) {
			started.shutdownNow();
			this.executor = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	private void look() {
		try {
			this.plans.run();
			this.failing = false;
		}
		catch (RuntimeException ex) {
			if (!this.failing) {
				LOGGER.warn("planned changes cannot be read, the next look tries again", ex);
			}
			this.failing = true;
		}
	}

}

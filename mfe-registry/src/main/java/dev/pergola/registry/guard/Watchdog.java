package dev.pergola.registry.guard;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.pergola.registry.guard.GuardStore.Guard;
import dev.pergola.registry.health.Counts;
import dev.pergola.registry.health.HealthCounters;
import dev.pergola.registry.health.HealthStore;
import dev.pergola.registry.rollout.Channel;
import dev.pergola.registry.rollout.Rollouts;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Looks at the rollouts that have a guard, on one node at a time.
 */
public final class Watchdog implements SmartLifecycle {

	private static final Logger LOGGER = LoggerFactory.getLogger(Watchdog.class);

	private final Guards guards;

	private final GuardStore store;

	private final Watches watches;

	private final Rollouts rollouts;

	private final HealthCounters counters;

	private final HealthStore health;

	private final GuardProperties properties;

	private final Clock clock;

	private final MeterRegistry meters;

	private final String node = UUID.randomUUID().toString();

	private volatile @Nullable ScheduledExecutorService executor;

	public Watchdog(Guards guards, GuardStore store, Watches watches, Rollouts rollouts, HealthCounters counters,
			HealthStore health, GuardProperties properties, Clock clock, MeterRegistry meters) {
		this.guards = guards;
		this.store = store;
		this.watches = watches;
		this.rollouts = rollouts;
		this.counters = counters;
		this.health = health;
		this.properties = properties;
		this.clock = clock;
		this.meters = meters;
	}

	/**
	 * Looks once at every guard, if no other node does. A guard that fails is logged and
	 * keeps no other from its look.
	 */
	public void look() {
		try {
			Instant now = this.clock.instant();
			if (this.watches.lease(this.node, now, now.plus(this.properties.lease()))) {
				this.counters.flush();
				this.store.all().stream().filter((guard) -> guard.rules().enabled()).forEach(this::look);
			}
		}
		catch (RuntimeException ex) {
			LOGGER.warn("guards cannot be looked after", ex);
		}
	}

	private void look(Guard guard) {
		try {
			Channel channel = this.rollouts.current(guard.module(), Channel.STABLE);
			Optional<Rollout> rollout = Rollout.of(channel);
			if (rollout.isPresent()) {
				look(guard, channel, rollout.get());
			}
			else if (guard.watch().state() == Watch.State.WATCHING) {
				this.watches.put(guard.module(), Watch.IDLE);
			}
		}
		catch (RuntimeException ex) {
			this.meters.counter("pergola.registry.guard", "action", "failed").increment();
			LOGGER.warn("guard cannot act, module={}", guard.module(), ex);
		}
	}

	private void look(Guard guard, Channel channel, Rollout rollout) {
		Instant now = this.clock.instant();
		GuardRules rules = guard.rules();
		Watch watch = guard.watch().follow(rollout, now);
		Map<String, Counts> counts = this.health.counts(guard.module(), watch.from(rules.window(), now),
				now.plusMillis(1));
		Verdict verdict = Verdict.of(rules, rollout.newer(), counts.getOrDefault(rollout.newer(), Counts.NONE),
				rollout.older(), counts.getOrDefault(rollout.older(), Counts.NONE));
		Watch seen = watch.saw(verdict);
		switch (verdict.kind()) {
			case PAST -> act("stop", guard, channel, rollout.back(channel), verdict,
					watch.stopped(verdict, now, channel.segments()));
			case HEALTHY -> rules.stepAfter(rollout.share())
				.filter((next) -> watch.isAtShareFor(rules.stepAfter(), now))
				.ifPresentOrElse((next) -> act("step", guard, channel, rollout.further(channel, next), verdict,
						next(seen, rollout, next, now)), () -> note(guard, seen));
			case WAITING -> note(guard, seen);
		}
	}

	private static Watch next(Watch seen, Rollout rollout, BigDecimal next, Instant now) {
		return seen.follow(new Rollout(rollout.newer(), rollout.older(), next), now);
	}

	private void note(Guard guard, Watch watch) {
		if (!watch.equals(guard.watch())) {
			this.watches.put(guard.module(), watch);
		}
	}

	private void act(String action, Guard guard, Channel seen, Channel after, Verdict verdict, Watch watch) {
		if (this.guards.move(guard.module(), seen, after, verdict.text(), watch)) {
			this.meters.counter("pergola.registry.guard", "action", action).increment();
			LOGGER.warn("guard acted, module={} action={} newer={} older={} verdict={}", guard.module(), action,
					watch.newer(), watch.older(), verdict.text());
		}
	}

	@Override
	public void start() {
		long millis = this.properties.interval().toMillis();
		ScheduledExecutorService started = Executors
			.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("registry-guard").factory());
		started.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
		this.executor = started;
	}

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

}

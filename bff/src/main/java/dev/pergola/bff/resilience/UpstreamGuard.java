package dev.pergola.bff.resilience;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import dev.pergola.bff.problem.BffException;
import dev.pergola.bff.problem.Failure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between one module's calls and its upstream. Belongs to a route for as long as
 * that is there; may be asked by any thread, and keeps none waiting.
 */
public final class UpstreamGuard {

	private static final Logger log = LoggerFactory.getLogger(UpstreamGuard.class);

	private final String module;

	private final ResilienceProperties properties;

	private final Load load;

	private final UpstreamHealth health;

	private final LongSupplier nanoTime;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Tallies<FailureKind> failures;

	private final Tallies<RefusalKind> refusals;

	private final LongAdder retries = new LongAdder();

	private final LastMinute recentRetries;

	private volatile @Nullable FailureKind lastFailure;

	private volatile @Nullable Instant lastFailureAt;

	UpstreamGuard(String module, ResilienceProperties properties, Load load, UpstreamHealth health,
			LongSupplier nanoTime) {
		this.module = module;
		this.properties = properties;
		this.load = load;
		this.health = health;
		this.nanoTime = nanoTime;
		this.failures = new Tallies<>(FailureKind.class, nanoTime);
		this.refusals = new Tallies<>(RefusalKind.class, nanoTime);
		this.recentRetries = new LastMinute(1, nanoTime);
	}

	/**
	 * Lets a call pass.
	 * @param timeout time until the answer has to begin, all tries together
	 * @return has to be told how the call ended, whatever happens
	 * @throws BffException when the call cannot be made now: {@link Failure#OVERLOADED},
	 * {@link Failure#UPSTREAM_BUSY} or {@link Failure#CIRCUIT_OPEN}
	 */
	public Permit admit(Duration timeout) {
		if (!this.load.tryEnter()) {
			throw this.load.refusal();
		}
		if (this.inFlight.incrementAndGet() > this.properties.maxCallsPerModule()) {
			leaveModule();
			throw refusal(RefusalKind.MODULE_LIMIT);
		}
		if (!this.health.limit().tryEnter()) {
			leaveModule();
			throw refusal(RefusalKind.UPSTREAM_LIMIT);
		}
		if (!this.health.circuit().tryEnter()) {
			leave();
			throw refusal(RefusalKind.CIRCUIT_OPEN);
		}
		this.health.budget().call();
		return new Permit(this, this.health.circuit().isOnTrial(), this.nanoTime.getAsLong(), timeout.toNanos());
	}

	/**
	 * Lets a call pass a second time while the first is open; out of the budget of
	 * retries.
	 * @param timeout time that is left until the answer has to begin
	 * @return {@code null} when the budget is spent, or the upstream is in trouble
	 * @throws BffException as {@link #admit} does
	 */
	public @Nullable Permit admitAgain(Duration timeout) {
		return (this.health.circuit().isClosed() && this.health.budget().tryTake()) ? admit(timeout) : null;
	}

	/** Time the upstream may be silent in the middle of an answer that is no stream. */
	public Duration bodyIdle() {
		return this.properties.bodyIdle();
	}

	private BffException refusal(RefusalKind kind) {
		this.refusals.add(kind);
		Map<String, Object> members = Map.of("module", this.module, "retryAfter",
				(kind == RefusalKind.CIRCUIT_OPEN) ? this.health.circuit().retryAfter() : 1);
		return (kind == RefusalKind.CIRCUIT_OPEN)
				? new BffException(Failure.CIRCUIT_OPEN,
						"The service of %s failed too often and is left alone for a moment.".formatted(this.module),
						members, null)
				: new BffException(Failure.UPSTREAM_BUSY,
						"The service of %s has as many calls as it can take.".formatted(this.module), members, null);
	}

	private void leaveModule() {
		this.inFlight.decrementAndGet();
		this.load.leave();
	}

	void leave() {
		this.health.limit().leave();
		leaveModule();
	}

	long now() {
		return this.nanoTime.getAsLong();
	}

	/** The upstream began to answer, or was given up, after this time. */
	void sample(long nanos) {
		this.health.limit().sample(nanos);
	}

	/** A call was answered to its end. */
	void answered(int status, boolean trial) {
		if (isFailure(status)) {
			failed(FailureKind.STATUS, trial);
		}
		else {
			this.health.circuit().succeeded(trial);
		}
	}

	void failed(FailureKind kind, boolean trial) {
		this.failures.add(kind);
		this.lastFailure = kind;
		this.lastFailureAt = Instant.now();
		if (this.health.circuit().failed(trial)) {
			log.warn("circuit opened: module={} failure={}", this.module, kind.label());
		}
	}

	void forgotten(boolean trial) {
		this.health.circuit().forgotten(trial);
	}

	/**
	 * Takes one more try out of the budget.
	 * @param tries number of those before, without the first
	 * @param left nanoseconds until the answer has to begin
	 * @return nanoseconds to wait, -1 for none
	 */
	long retry(FailureKind kind, int tries, long left) {
		if (!kind.isRepeatable() || tries >= this.properties.retry().max() || !this.health.circuit().isClosed()) {
			return -1;
		}
		long base = this.properties.retry().backoff().toNanos() << tries;
		long wait = base / 2 + ThreadLocalRandom.current().nextLong(base + 1);
		if (wait >= left || !this.health.budget().tryTake()) {
			return -1;
		}
		this.retries.increment();
		this.recentRetries.add(0);
		return wait;
	}

	/** Whether a call may be made right after another that failed. */
	boolean enterAgain() {
		return this.health.circuit().tryEnter();
	}

	private boolean isFailure(int status) {
		return (status >= 502 && status <= 504) || (status == 500 && this.properties.circuit().countInternalErrors());
	}

	String module() {
		return this.module;
	}

	/** Calls of this module in flight. */
	int inFlight() {
		return this.inFlight.get();
	}

	UpstreamHealth health() {
		return this.health;
	}

	Tallies<FailureKind> failures() {
		return this.failures;
	}

	Tallies<RefusalKind> refusals() {
		return this.refusals;
	}

	/** Calls that were made again. */
	long retries() {
		return this.retries.sum();
	}

	/** Calls that were made again in the last minute. */
	int recentRetries() {
		return this.recentRetries.get(0);
	}

	@Nullable FailureKind lastFailure() {
		return this.lastFailure;
	}

	@Nullable Instant lastFailureAt() {
		return this.lastFailureAt;
	}

}

package dev.pergola.bff.resilience;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One call that passed a guard. Its end is told once: answered to the end, failed or
 * cancelled; what is told after that does not count. All but the end comes from one
 * thread at a time.
 */
public final class Permit {

	/** Header that tells an upstream how many milliseconds are left for its answer. */
	public static final String DEADLINE = "Pergola-Deadline-Ms";

	private final UpstreamGuard guard;

	private final boolean trial;

	private final long deadline;

	private final AtomicBoolean over = new AtomicBoolean();

	private long begunAt;

	/** Whether the upstream's part is told, and only the place is kept. */
	private volatile boolean told;

	private int status;

	private int tries;

	Permit(UpstreamGuard guard, boolean trial, long now, long timeout) {
		this.guard = guard;
		this.trial = trial;
		this.begunAt = now;
		this.deadline = now + timeout;
	}

	/** Milliseconds until the answer has to begin, zero when it is too late. */
	public long millisLeft() {
		return Math.max(0, TimeUnit.NANOSECONDS.toMillis(this.deadline - this.guard.now()));
	}

	/** Time until the answer has to begin, zero when it is too late. */
	public Duration left() {
		return Duration.ofMillis(millisLeft());
	}

	/** Time the upstream may be silent in the middle of an answer that is no stream. */
	public Duration bodyIdle() {
		return this.guard.bodyIdle();
	}

	/** The upstream began to answer. */
	public void answered(int newStatus) {
		this.status = newStatus;
		this.guard.sample(this.guard.now() - this.begunAt);
	}

	/**
	 * The answer turned out to be a stream: that it began is all it says of its upstream,
	 * as it may last for hours; its place it keeps until its end.
	 */
	public void streams() {
		if (!this.told && !this.over.get()) {
			this.told = true;
			this.guard.answered(this.status, this.trial);
		}
	}

	/**
	 * The answer came to its end; a stream's that has a bound of its own may be told when
	 * it begins.
	 */
	public void succeeded() {
		if (this.over.compareAndSet(false, true)) {
			if (!this.told) {
				this.guard.answered(this.status, this.trial);
			}
			this.guard.leave();
		}
	}

	/** The call failed; when that was not the upstream's fault, it does not count. */
	public void failed(Throwable cause) {
		FailureKind kind = FailureKind.of(cause);
		if (kind == null) {
			cancelled();
		}
		else {
			failed(kind);
		}
	}

	/** The upstream did not answer in the time a caller had for it. */
	public void timedOut() {
		failed(FailureKind.TIMEOUT);
	}

	private void failed(FailureKind kind) {
		if (this.over.compareAndSet(false, true)) {
			if (!this.told) {
				count(kind);
			}
			this.guard.leave();
		}
	}

	private void count(FailureKind kind) {
		if (kind == FailureKind.TIMEOUT) {
			this.guard.sample(this.guard.now() - this.begunAt);
		}
		this.guard.failed(kind, this.trial);
	}

	/** Nobody waits for the answer any more, which says nothing of the upstream. */
	public void cancelled() {
		if (this.over.compareAndSet(false, true)) {
			if (!this.told) {
				this.guard.forgotten(this.trial);
			}
			this.guard.leave();
		}
	}

	/**
	 * Asks whether the call may be made again, after it failed before its answer began.
	 * Only for calls that may be made twice, which is the caller's to know.
	 * @return nanoseconds to wait first; -1 when it may not: it has failed then, which
	 * still has to be told
	 */
	public long retry(Throwable cause) {
		FailureKind kind = FailureKind.of(cause);
		if (kind == null || this.status != 0 || this.over.get()) {
			return -1;
		}
		long wait = this.guard.retry(kind, this.tries, this.deadline - this.guard.now());
		if (wait < 0) {
			return -1;
		}
		this.tries++;
		this.guard.failed(kind, this.trial);
		if (!this.guard.enterAgain()) {
			if (this.over.compareAndSet(false, true)) {
				this.guard.leave();
			}
			return -1;
		}
		this.begunAt = this.guard.now() + wait;
		return wait;
	}

}

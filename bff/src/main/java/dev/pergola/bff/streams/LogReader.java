package dev.pergola.bff.streams;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/** One reader of a {@link CursorLog}: a place, and how many entries are wanted. */
final class LogReader<T> implements Subscription {

	private final CursorLog<T> log;

	private final Subscriber<? super LogEntry<T>> actual;

	private final AtomicLong requested = new AtomicLong();

	private final AtomicInteger work = new AtomicInteger();

	private final Folding<T> folding;

	private volatile boolean done;

	private volatile boolean cut;

	// Written by the thread that drains only.
	private volatile long next;

	private long progress;

	// Whether it has had the newest entry since the last look for slow readers.
	private volatile boolean caughtUp;

	// Of the thread that looks; 0 while this one is not slow.
	private long behindSince;

	LogReader(CursorLog<T> log, Subscriber<? super LogEntry<T>> actual, long next, Folding<T> folding) {
		this.log = log;
		this.actual = actual;
		this.next = next;
		this.folding = folding;
		this.progress = log.last();
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.requested.accumulateAndGet(n, Operators::addCap);
			drain();
		}
	}

	@Override
	public void cancel() {
		this.done = true;
		this.log.remove(this);
	}

	/**
	 * Ends this reader when it has been behind, at every look, for too long.
	 * @return whether it did
	 */
	synchronized boolean cutIfBehind(long nanoTime, long maxNanos) {
		if (this.done || this.caughtUp || this.next > this.log.last()) {
			this.caughtUp = false;
			this.behindSince = 0;
			return false;
		}
		if (this.behindSince == 0) {
			this.behindSince = nanoTime;
			return false;
		}
		if (this.cut || nanoTime - this.behindSince <= maxNanos) {
			return false;
		}
		this.cut = true;
		drain();
		return true;
	}

	/**
	 * Hands on what is there and wanted; whoever comes meanwhile leaves the work to it.
	 */
	void drain() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			step();
			missed = this.work.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private void step() {
		long wanted = this.requested.get();
		long given = 0;
		while (!this.done && given < wanted) {
			LogEntry<T> entry = this.log.read(this.next);
			if (entry == null) {
				break;
			}
			given++;
			this.actual.onNext(fold(entry));
		}
		if (given > 0) {
			this.progress = this.log.last();
			if (this.next > this.progress) {
				this.caughtUp = true;
			}
		}
		if (given > 0 && wanted != Long.MAX_VALUE) {
			this.requested.addAndGet(-given);
		}
		finish();
	}

	private LogEntry<T> fold(LogEntry<T> first) {
		LogEntry<T> last = first;
		this.next = first.id().sequence() + 1;
		Folding.@Nullable Fold<T> fold = null;
		LogEntry<T> more = this.log.read(this.next);
		while (more != null) {
			fold = (fold != null) ? fold : this.folding.begin(first.value());
			if (fold == null || !fold.add(more.value())) {
				break;
			}
			last = more;
			this.next = last.id().sequence() + 1;
			more = this.log.read(this.next);
		}
		return (fold == null || last == first) ? first : new LogEntry<>(last.id(), fold.value(), last.bytes());
	}

	private void finish() {
		if (this.done) {
			return;
		}
		if (this.log.isAbandoned()) {
			cancel();
			this.actual.onError(new LogLostException("viewer at %d, log at %s".formatted(this.next, this.log.head())));
		}
		else if (this.log.isEnd(this.next)) {
			cancel();
			this.actual.onComplete();
		}
		else if (this.cut || this.log.isTooFarBehind(this.next, this.progress)) {
			cancel();
			this.actual
				.onError(new SlowViewerException("viewer at %d, log at %s".formatted(this.next, this.log.head())));
		}
	}

}

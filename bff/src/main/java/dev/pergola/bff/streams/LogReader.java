package dev.pergola.bff.streams;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/** One reader of a {@link CursorLog}: a place, and how many entries are wanted. */
final class LogReader<T> implements Subscription {

	private final CursorLog<T> log;

	private final Subscriber<? super LogEntry<T>> actual;

	private final AtomicLong requested = new AtomicLong();

	private final AtomicInteger work = new AtomicInteger();

	private volatile boolean done;

	// Only touched by the thread that drains.
	private long next;

	private long progress;

	LogReader(CursorLog<T> log, Subscriber<? super LogEntry<T>> actual, long next) {
		this.log = log;
		this.actual = actual;
		this.next = next;
		this.progress = log.head().sequence();
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
			Optional<LogEntry<T>> entry = this.log.find(this.next);
			if (entry.isEmpty()) {
				break;
			}
			this.next++;
			given++;
			this.actual.onNext(entry.get());
		}
		if (given > 0) {
			this.progress = this.log.head().sequence();
		}
		if (given > 0 && wanted != Long.MAX_VALUE) {
			this.requested.addAndGet(-given);
		}
		finish();
	}

	private void finish() {
		if (this.done) {
			return;
		}
		if (this.log.isEnd(this.next)) {
			cancel();
			this.actual.onComplete();
		}
		else if (this.log.isTooFarBehind(this.next, this.progress)) {
			cancel();
			this.actual
				.onError(new SlowViewerException("viewer at %d, log at %s".formatted(this.next, this.log.head())));
		}
	}

}

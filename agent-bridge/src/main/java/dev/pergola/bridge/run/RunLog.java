package dev.pergola.bridge.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;

/**
 * Events of one run, oldest first. There is one writer; viewers are cursors that read at
 * their own speed, so a slow one holds nobody up and costs nothing but its place.
 */
final class RunLog {

	/** What an event costs beside its text. */
	private static final int EVENT = 96;

	private final List<RunEvent> events = new ArrayList<>();

	private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();

	private final long epoch;

	private final long limitBytes;

	private long bytes;

	private boolean complete;

	/**
	 * @param limitBytes most characters kept; about bytes for most events
	 */
	RunLog(long epoch, long limitBytes) {
		this.epoch = epoch;
		this.limitBytes = limitBytes;
	}

	/**
	 * Adds an event; ignored after the last.
	 * @return whether there was room for it
	 */
	boolean append(String data) {
		synchronized (this) {
			if (!this.complete && this.bytes + data.length() + EVENT > this.limitBytes) {
				return false;
			}
		}
		add(data, false);
		return true;
	}

	/** Adds what closes an event that was taken, however much there is. */
	void close(String data) {
		add(data, false);
	}

	/** Adds the last event, however much there is. */
	void end(String data) {
		add(data, true);
	}

	/**
	 * The place after which a client reads on.
	 * @return empty where the event is none of this log
	 */
	synchronized Optional<Long> sequence(EventId id) {
		boolean known = id.epoch() == this.epoch && id.sequence() <= this.events.size();
		return known ? Optional.of(id.sequence()) : Optional.empty();
	}

	/** Whether somebody reads it now. */
	boolean isRead() {
		return !this.viewers.isEmpty();
	}

	/** Memory it takes, about. */
	synchronized long bytes() {
		return this.bytes;
	}

	/**
	 * The events after a place, then each further one; completes after the last.
	 */
	Flux<RunEvent> after(long sequence) {
		return Flux.from((subscriber) -> {
			Viewer viewer = new Viewer(subscriber, sequence);
			this.viewers.add(viewer);
			subscriber.onSubscribe(viewer);
			viewer.drain();
		});
	}

	private void add(String data, boolean last) {
		synchronized (this) {
			if (this.complete) {
				return;
			}
			this.bytes += data.length() + EVENT;
			this.events.add(new RunEvent(new EventId(this.epoch, this.events.size() + 1L), data));
			this.complete = last;
		}
		this.viewers.forEach(Viewer::drain);
	}

	private synchronized List<RunEvent> read(long sequence, long count) {
		int from = (int) Math.min(sequence, this.events.size());
		int to = (int) Math.min(from + Math.min(count, 256), this.events.size());
		return List.copyOf(this.events.subList(from, to));
	}

	private synchronized boolean isEnd(long sequence) {
		return this.complete && sequence >= this.events.size();
	}

	/** One reader: a place in the log and what it still asks for. */
	private final class Viewer implements Subscription {

		private final Subscriber<? super RunEvent> subscriber;

		private final AtomicLong requested = new AtomicLong();

		private final AtomicLong work = new AtomicLong();

		private long sequence;

		private volatile boolean ended;

		Viewer(Subscriber<? super RunEvent> subscriber, long sequence) {
			this.subscriber = subscriber;
			this.sequence = sequence;
		}

		@Override
		public void request(long count) {
			this.requested.accumulateAndGet(count, (now, more) -> (now + more < 0) ? Long.MAX_VALUE : now + more);
			drain();
		}

		@Override
		public void cancel() {
			this.ended = true;
			RunLog.this.viewers.remove(this);
		}

		void drain() {
			if (this.work.getAndIncrement() != 0) {
				return;
			}
			long pending = 1;
			do {
				deliver();
				pending = this.work.addAndGet(-pending);
			}
			while (pending != 0);
		}

		private void deliver() {
			while (!this.ended) {
				List<RunEvent> next = read(this.sequence, this.requested.get());
				if (next.isEmpty()) {
					break;
				}
				this.sequence += next.size();
				this.requested.addAndGet(-next.size());
				next.forEach(this::emit);
			}
			if (!this.ended && isEnd(this.sequence)) {
				cancel();
				this.subscriber.onComplete();
			}
		}

		private void emit(RunEvent event) {
			if (!this.ended) {
				this.subscriber.onNext(event);
			}
		}

	}

}

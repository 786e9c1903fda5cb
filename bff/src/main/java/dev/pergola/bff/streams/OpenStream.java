package dev.pergola.bff.streams;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One stream that is open: what it says next, and when it ends. It takes one item of its
 * content after another, so that what the client does not take waits in the log. There
 * are ten thousand of these, and they are open for long: no operators, no timers.
 *
 * @param <T> what its frames are made of
 */
final class OpenStream<T> implements CoreSubscriber<T>, Subscription {

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<OpenStream, @Nullable Subscription> SOURCE = AtomicReferenceFieldUpdater
		.newUpdater(OpenStream.class, Subscription.class, "source");

	private static final byte[] HEARTBEAT = SseFrames.comment("");

	private final CoreSubscriber<? super byte[]> actual;

	private final StreamContent<T> content;

	private final StreamPlan plan;

	private final OpenStreams streams;

	private final SessionLook session;

	private final AtomicLong requested = new AtomicLong();

	private final AtomicInteger work = new AtomicInteger();

	private volatile @Nullable Subscription source;

	private volatile @Nullable Disposable told;

	private volatile @Nullable T item;

	private volatile boolean complete;

	private volatile @Nullable Throwable failure;

	private volatile @Nullable Cause cause;

	private volatile boolean beat;

	private volatile boolean looking;

	private volatile boolean done;

	// Of whoever drains.
	private Step step = Step.OPENING;

	private @Nullable Throwable outcome;

	// Of the clock; in its ticks.
	private int beatAt;

	private int lookAt;

	private int endAt;

	OpenStream(CoreSubscriber<? super byte[]> actual, StreamContent<T> content, StreamPlan plan, SessionLook session,
			OpenStreams streams) {
		this.actual = actual;
		this.content = content;
		this.plan = plan;
		this.session = session;
		this.streams = streams;
	}

	/** Begins to speak. */
	void start() {
		this.actual.onSubscribe(this);
		if (this.done) {
			return;
		}
		this.streams.add(this);
		this.content.items().subscribe(this);
		Disposable told = this.session.ended().subscribe(null, (ex) -> {
		}, () -> end(Cause.SIGNED_OUT));
		this.told = told;
		if (this.done) {
			told.dispose();
			this.streams.remove(this);
		}
	}

	/** Sets its times; before the first tick. */
	void schedule(int now) {
		this.beatAt = now + this.plan.beat();
		this.lookAt = now + this.plan.look();
		this.endAt = now + this.plan.age();
	}

	/** Time goes on. */
	void tick(int now) {
		if (now - this.beatAt >= 0) {
			this.beatAt = now + this.plan.beat();
			this.beat = true;
			drain();
		}
		if (now - this.endAt >= 0) {
			end(Cause.TIME);
		}
		if (now - this.lookAt >= 0 && !this.looking) {
			this.lookAt = now + this.plan.look();
			this.looking = true;
			this.session.goesOn().doFinally((signal) -> this.looking = false).subscribe(this::look, (ex) -> {
			});
		}
	}

	/** Ends it before its content does. */
	void end(Cause why) {
		if (this.cause == null) {
			this.cause = why;
			Operators.terminate(SOURCE, this);
			drain();
		}
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.setOnce(SOURCE, this, subscription)) {
			subscription.request(1);
		}
	}

	@Override
	public void onNext(T next) {
		this.item = next;
		drain();
	}

	@Override
	public void onError(Throwable ex) {
		this.failure = ex;
		onComplete();
	}

	@Override
	public void onComplete() {
		this.complete = true;
		drain();
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
		Operators.terminate(SOURCE, this);
		this.streams.remove(this);
		Disposable told = this.told;
		if (told != null) {
			told.dispose();
		}
	}

	private void look(boolean alive) {
		if (!alive) {
			end(Cause.SIGNED_OUT);
		}
	}

	/** Whoever comes meanwhile leaves the work to the one that is here. */
	private void drain() {
		if (this.work.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			try {
				speak();
			}
			catch (RuntimeException ex) {
				finish(ex);
			}
			missed = this.work.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private void speak() {
		long wanted = this.requested.get();
		long given = 0;
		while (!this.done && given < wanted) {
			byte[] frame = next();
			if (frame == null) {
				break;
			}
			given++;
			this.actual.onNext(frame);
		}
		if (given > 0 && wanted != Long.MAX_VALUE) {
			this.requested.addAndGet(-given);
		}
		if (this.step == Step.END && !this.done) {
			finish(this.outcome);
		}
	}

	/** The next frame, {@code null} where there is none now. */
	private byte @Nullable [] next() {
		return switch (this.step) {
			case OPENING -> {
				this.step = Step.CONTENT;
				yield this.plan.opening();
			}
			case CONTENT -> content();
			case SIGNED_OUT -> {
				this.step = Step.FAREWELL;
				byte[] frame = (this.cause == Cause.SIGNED_OUT) ? this.content.signedOut() : null;
				yield (frame != null) ? frame : next();
			}
			case FAREWELL -> {
				this.step = Step.END;
				yield this.plan.farewell();
			}
			case END -> null;
		};
	}

	private byte @Nullable [] content() {
		// Before the item: what came before the end is here then.
		boolean over = this.complete;
		T next = this.item;
		if (next != null) {
			this.item = null;
			byte[] frame = this.content.frame(next);
			Subscription source = this.source;
			if (source != null) {
				source.request(1);
			}
			return frame;
		}
		if (over) {
			this.step = Step.END;
			this.outcome = this.failure;
			return null;
		}
		if (this.cause != null) {
			this.step = Step.SIGNED_OUT;
			this.outcome = this.plan.isCut() ? new StreamAbortedException("stream: ended before its content") : null;
			return next();
		}
		if (this.beat) {
			this.beat = false;
			return HEARTBEAT;
		}
		return null;
	}

	private void finish(@Nullable Throwable ex) {
		if (this.done) {
			return;
		}
		cancel();
		if (ex != null) {
			this.actual.onError(ex);
		}
		else {
			this.actual.onComplete();
		}
	}

	/** Why a stream ends before its content. */
	enum Cause {

		/** The session is over. */
		SIGNED_OUT,

		/** It is old, or this process is about to stop. */
		TIME

	}

	private enum Step {

		OPENING, CONTENT, SIGNED_OUT, FAREWELL, END

	}

}

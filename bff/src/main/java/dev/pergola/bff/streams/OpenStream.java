package dev.pergola.bff.streams;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Function;

import dev.pergola.bff.observe.StreamAbortedException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One stream that is open: what it says next, and when it ends. It takes one item of its
 * content after another, so that what the client does not take waits in the log. There
 * are ten thousand of these, and they are open for long: no operators, no timers, and no
 * queue where the web server takes frames out of this itself.
 *
 * @param <T> what its frames are made of
 * @param <R> what the client takes frames as
 */
final class OpenStream<T, R> implements CoreSubscriber<T>, Fuseable.QueueSubscription<R> {

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<OpenStream, @Nullable Subscription> SOURCE = AtomicReferenceFieldUpdater
		.newUpdater(OpenStream.class, Subscription.class, "source");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<OpenStream, @Nullable Cause> CAUSE = AtomicReferenceFieldUpdater
		.newUpdater(OpenStream.class, Cause.class, "cause");

	private static final byte[] HEARTBEAT = SseFrames.comment("");

	// Before anything is sent.
	private CoreSubscriber<? super R> actual = Operators.toCoreSubscriber(Operators.emptySubscriber());

	private final Function<byte[], R> encoding;

	private final StreamContent<T> content;

	private final StreamPlan plan;

	private final OpenStreams streams;

	/** Closes the connection. */
	private final Runnable connection;

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

	private volatile boolean gone;

	private volatile boolean fused;

	// Of whoever takes frames out: who drains, or the web server.
	private Step step = Step.OPENING;

	private @Nullable Throwable outcome;

	// Of the clock; in its ticks.
	private int beatAt;

	private int lookAt;

	private int endAt;

	private boolean closing;

	/**
	 * A stream nobody gets yet.
	 * @param connection closes the client's connection
	 */
	OpenStream(StreamContent<T> content, Function<byte[], R> encoding, StreamPlan plan, SessionLook session,
			OpenStreams streams, Runnable connection) {
		this.content = content;
		this.encoding = encoding;
		this.plan = plan;
		this.session = session;
		this.streams = streams;
		this.connection = connection;
	}

	/** Its frames, for one client; {@link #over} has to be called when they are sent. */
	Flux<R> frames() {
		return Flux.from((client) -> start(Operators.toCoreSubscriber(client)));
	}

	private void start(CoreSubscriber<? super R> client) {
		this.actual = client;
		client.onSubscribe(this);
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
		}
		if (this.gone) {
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
		if (this.done || this.complete || this.cause != null) {
			close(now);
			return;
		}
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

	/** It has been sent, or nobody takes it any more. */
	void over() {
		this.gone = true;
		this.streams.remove(this);
	}

	// The web server sends what it has before it ends the answer, and a client that takes
	// nothing would keep all of it.
	private void close(int now) {
		if (!this.closing) {
			this.closing = true;
			this.endAt = now + this.plan.end();
		}
		else if (now - this.endAt >= 0) {
			over();
			this.connection.run();
		}
	}

	/** Ends it before its content does. */
	void end(Cause why) {
		if (CAUSE.compareAndSet(this, null, why)) {
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
		release();
		over();
	}

	@Override
	public int requestFusion(int mode) {
		this.fused = (mode & Fuseable.ASYNC) != 0;
		return this.fused ? Fuseable.ASYNC : Fuseable.NONE;
	}

	/** Not more than was asked for: the web server counts what it writes, not this. */
	@Override
	public @Nullable R poll() {
		if (this.done || (this.requested.get() == 0 && !isSilent())) {
			return null;
		}
		byte[] frame = next();
		if (frame == null) {
			if (this.step == Step.END) {
				finish(this.outcome);
			}
			return null;
		}
		this.requested.updateAndGet((wanted) -> (wanted == Long.MAX_VALUE) ? wanted : wanted - 1);
		return this.encoding.apply(frame);
	}

	/** Whether there is something to say right now. */
	boolean hasMore() {
		return this.item != null || this.complete || this.cause != null || this.content.hasMore();
	}

	@Override
	public boolean isEmpty() {
		// Asked for behind the end only.
		return this.done;
	}

	@Override
	public int size() {
		return this.done ? 0 : 1;
	}

	@Override
	public void clear() {
		this.item = null;
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
			if (!this.fused) {
				speak();
			}
			else if (!this.done) {
				// Has the web server look; the value is of no account.
				this.actual.onNext((R) null);
			}
			missed = this.work.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private void speak() {
		try {
			R frame = poll();
			while (frame != null) {
				this.actual.onNext(frame);
				frame = poll();
			}
		}
		catch (RuntimeException ex) {
			finish(ex);
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
			this.outcome = early();
			return next();
		}
		if (this.beat) {
			this.beat = false;
			return HEARTBEAT;
		}
		return null;
	}

	/** Whether it ends without another word. */
	private boolean isSilent() {
		return this.step == Step.END || (this.step == Step.CONTENT && this.complete && this.item == null);
	}

	private @Nullable Throwable early() {
		return this.plan.isCut() ? new StreamAbortedException("stream: ended before its content") : null;
	}

	private void finish(@Nullable Throwable ex) {
		if (this.done) {
			return;
		}
		release();
		if (ex != null) {
			this.actual.onError(ex);
		}
		else {
			this.actual.onComplete();
		}
	}

	private void release() {
		this.done = true;
		Operators.terminate(SOURCE, this);
		Disposable told = this.told;
		if (told != null) {
			told.dispose();
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

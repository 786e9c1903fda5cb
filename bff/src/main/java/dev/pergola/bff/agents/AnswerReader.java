package dev.pergola.bff.agents;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Reads the answer of an agent: pieces in, events out, up to the last. Thousands of these
 * go at once, and each piece of each passes here: what would be seven operators of
 * Reactor, and as many places in memory, is one. Whoever reads has to take all there is.
 *
 * @param <T> what the answer tells
 */
final class AnswerReader<T> implements CoreSubscriber<byte[]>, Subscription {

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<AnswerReader, @Nullable Subscription> SOURCE = AtomicReferenceFieldUpdater
		.newUpdater(AnswerReader.class, Subscription.class, "source");

	private final CoreSubscriber<? super T> actual;

	private final Language<T> language;

	private final Consumer<T> told = this::tell;

	private final long longestSilence;

	private final Scheduler clock = Schedulers.parallel();

	private volatile @Nullable Subscription source;

	private volatile @Nullable Disposable watch;

	private volatile long heardAt;

	// Guarded by this, as are all signals: silence is noticed by another thread.
	private boolean done;

	private AnswerReader(CoreSubscriber<? super T> actual, Language<T> language, Duration silence) {
		this.actual = actual;
		this.language = language;
		this.longestSilence = silence.toNanos();
		this.heardAt = this.clock.now(TimeUnit.NANOSECONDS);
	}

	/**
	 * What an answer tells, as its pieces come.
	 * @param language for this answer only
	 * @param silence time without a piece after which it fails with
	 * {@link TimeoutException}
	 */
	static <T> Flux<T> read(Publisher<byte[]> pieces, Language<T> language, Duration silence) {
		return Flux.from((client) -> {
			AnswerReader<T> reader = new AnswerReader<>(Operators.toCoreSubscriber(client), language, silence);
			reader.look();
			pieces.subscribe(reader);
		});
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (Operators.setOnce(SOURCE, this, subscription)) {
			this.actual.onSubscribe(this);
		}
	}

	@Override
	public synchronized void onNext(byte[] piece) {
		if (this.done) {
			return;
		}
		this.heardAt = this.clock.now(TimeUnit.NANOSECONDS);
		try {
			this.language.hear(piece, this.told);
		}
		catch (RuntimeException ex) {
			onError(ex);
		}
	}

	@Override
	public synchronized void onError(Throwable ex) {
		if (!this.done) {
			stop();
			this.actual.onError(ex);
		}
	}

	@Override
	public synchronized void onComplete() {
		if (this.done) {
			return;
		}
		try {
			this.language.end(this.told);
		}
		catch (RuntimeException ex) {
			onError(ex);
		}
		if (!this.done) {
			onError(UpstreamRunException.cut());
		}
	}

	@Override
	public void request(long n) {
		Subscription source = this.source;
		if (n != Long.MAX_VALUE) {
			onError(new IllegalArgumentException("request: %d (expected: all)".formatted(n)));
		}
		else if (source != null) {
			source.request(n);
		}
	}

	@Override
	public void cancel() {
		Operators.terminate(SOURCE, this);
		Disposable watch = this.watch;
		if (watch != null) {
			watch.dispose();
		}
	}

	private void tell(T each) {
		if (this.done || this.source == Operators.cancelledSubscription()) {
			return;
		}
		this.actual.onNext(each);
		if (this.language.isLast(each)) {
			stop();
			this.actual.onComplete();
		}
	}

	private void stop() {
		this.done = true;
		cancel();
	}

	// No timer is set and taken back for each of thousands of pieces a second: one looks,
	// when the time may be over, how long ago the last came.
	private void look() {
		long left = this.heardAt + this.longestSilence - this.clock.now(TimeUnit.NANOSECONDS);
		if (left <= 0) {
			onError(new TimeoutException(
					"nothing for %d ms".formatted(TimeUnit.NANOSECONDS.toMillis(this.longestSilence))));
			return;
		}
		this.watch = this.clock.schedule(this::look, left, TimeUnit.NANOSECONDS);
		if (this.source == Operators.cancelledSubscription()) {
			cancel();
		}
	}

	/**
	 * What the pieces of one answer mean. Not for use by several threads.
	 *
	 * @param <T> what it tells
	 */
	interface Language<T> {

		/** Tells what is complete with the next piece, in order. */
		void hear(byte[] piece, Consumer<T> told);

		/**
		 * Tells what the end of the answer says; one without a last event broke off.
		 */
		void end(Consumer<T> told);

		/** Whether nothing is to come after it. */
		boolean isLast(T told);

	}

}

package dev.pergola.bff.filter;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import dev.pergola.bff.resilience.BodyStalledException;
import dev.pergola.bff.resilience.Permit;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Tells how the body of an answer ends, and cuts it when the upstream falls silent. Time
 * counts only while somebody waits for more: a client that takes nothing is no silence of
 * the upstream. A body that grows too large is cut, too.
 */
final class BodyWatch extends FluxOperator<DataBuffer, DataBuffer> {

	private final Permit permit;

	private final EventExecutor loop;

	private final long maxBytes;

	/**
	 * Watches over a body.
	 * @param loop where its pieces come from
	 * @param maxBytes size it may have
	 */
	BodyWatch(Flux<? extends DataBuffer> source, Permit permit, EventExecutor loop, long maxBytes) {
		super(source);
		this.permit = permit;
		this.loop = loop;
		this.maxBytes = maxBytes;
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
		this.source.subscribe(new Watch(actual, this.permit, this.loop, this.maxBytes));
	}

	private static final class Watch implements CoreSubscriber<DataBuffer>, Subscription {

		private static final AtomicLongFieldUpdater<Watch> DEMAND = AtomicLongFieldUpdater.newUpdater(Watch.class,
				"demand");

		private final CoreSubscriber<? super DataBuffer> actual;

		private final Permit permit;

		private final EventExecutor loop;

		private final long idle;

		private final AtomicBoolean over = new AtomicBoolean();

		private @Nullable Subscription source;

		private volatile long demand;

		private volatile long heardAt = System.nanoTime();

		private volatile @Nullable Future<?> look;

		private long bytesLeft;

		Watch(CoreSubscriber<? super DataBuffer> actual, Permit permit, EventExecutor loop, long maxBytes) {
			this.bytesLeft = maxBytes;
			this.actual = actual;
			this.permit = permit;
			this.loop = loop;
			this.idle = permit.bodyIdle().toNanos();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.source = subscription;
			this.look = this.loop.schedule(this::look, this.idle, TimeUnit.NANOSECONDS);
			this.actual.onSubscribe(this);
		}

		@Override
		public void request(long count) {
			if (Operators.addCap(DEMAND, this, count) == 0) {
				this.heardAt = System.nanoTime();
			}
			source().request(count);
		}

		@Override
		public void onNext(DataBuffer piece) {
			if (this.over.get()) {
				DataBufferUtils.release(piece);
				return;
			}
			this.heardAt = System.nanoTime();
			this.bytesLeft -= piece.readableByteCount();
			if (this.bytesLeft < 0) {
				DataBufferUtils.release(piece);
				cut();
				return;
			}
			Operators.produced(DEMAND, this, 1);
			this.actual.onNext(piece);
		}

		@Override
		public void onComplete() {
			if (end()) {
				this.permit.succeeded();
				this.actual.onComplete();
			}
		}

		@Override
		public void onError(Throwable ex) {
			if (end()) {
				this.permit.failed(ex);
				this.actual.onError(ex);
			}
		}

		@Override
		public void cancel() {
			if (end()) {
				this.permit.cancelled();
			}
			source().cancel();
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		private void look() {
			if (this.over.get()) {
				return;
			}
			long left = this.idle - ((this.demand > 0) ? System.nanoTime() - this.heardAt : 0);
			if (left > 0) {
				this.look = this.loop.schedule(this::look, left, TimeUnit.NANOSECONDS);
			}
			else if (end()) {
				BodyStalledException stalled = new BodyStalledException();
				this.permit.failed(stalled);
				source().cancel();
				this.actual.onError(stalled);
			}
		}

		private void cut() {
			if (end()) {
				this.permit.cancelled();
				source().cancel();
				this.actual.onError(new IOException("answer: too large"));
			}
		}

		private boolean end() {
			if (!this.over.compareAndSet(false, true)) {
				return false;
			}
			Future<?> waiting = this.look;
			if (waiting != null) {
				waiting.cancel(false);
			}
			return true;
		}

		private Subscription source() {
			Subscription subscription = this.source;
			if (subscription == null) {
				throw new IllegalStateException("not subscribed");
			}
			return subscription;
		}

	}

}

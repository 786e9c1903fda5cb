package dev.pergola.bff.direct;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.pool.ChannelHealthChecker;
import io.netty.channel.pool.FixedChannelPool;
import io.netty.util.concurrent.Future;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider.MeterRegistrar;

/**
 * Connections of one event loop to one upstream. Those that are free are kept here, and
 * Netty's pool takes them for leased: to take one out and put it back there makes half a
 * dozen promises, for nobody who waits. Not thread-safe, but for what meters read.
 */
final class LoopPool implements ConnectionPoolMetrics {

	private static final long UNUSED_NANOS = TimeUnit.MINUTES.toNanos(5);

	private static final String NAME = "pergola-direct";

	private static final AtomicLong ids = new AtomicLong();

	private final FixedChannelPool channels;

	private final UpstreamInitializer initializer;

	private final int maxConnections;

	private final int maxPending;

	private final MeterRegistrar meters;

	private final String id = NAME + "-" + ids.incrementAndGet();

	private final SocketAddress upstream;

	/** The one that was used last comes first. */
	private final Deque<Channel> free = new ArrayDeque<>();

	// Written by the event loop alone, and without a fence: a meter may be late.
	private final AtomicInteger idle = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	private long usedAt;

	/**
	 * Creates a pool without connections.
	 * @param bootstrap opens connections on the event loop
	 * @param meters is told of the pool for as long as it is open
	 */
	LoopPool(Bootstrap bootstrap, UpstreamInitializer initializer, int maxConnections, int maxPending,
			Duration pendingTimeout, MeterRegistrar meters) {
		ChannelHealthChecker health = (channel) -> channel.eventLoop()
			.newSucceededFuture(UpstreamHandler.isGood(channel));
		this.channels = new FixedChannelPool(bootstrap, initializer, health, FixedChannelPool.AcquireTimeoutAction.FAIL,
				pendingTimeout.toMillis(), maxConnections, maxPending);
		this.initializer = initializer;
		this.maxConnections = maxConnections;
		this.maxPending = maxPending;
		this.upstream = bootstrap.config().remoteAddress();
		this.meters = meters;
		meters.registerMetrics(NAME, this.id, this.upstream, this);
	}

	Future<Channel> acquire(EventLoop loop) {
		this.usedAt = System.nanoTime();
		Channel channel;
		while ((channel = this.free.poll()) != null) {
			this.idle.lazySet(this.free.size());
			if (UpstreamHandler.isGood(channel)) {
				return loop.newSucceededFuture(channel);
			}
			forget(channel);
		}
		Future<Channel> lease = this.channels.acquire();
		if (!lease.isDone()) {
			this.waiting.lazySet(this.waiting.get() + 1);
			lease.addListener((done) -> this.waiting.lazySet(this.waiting.get() - 1));
		}
		return lease;
	}

	void release(Channel channel) {
		if (!UpstreamHandler.isGood(channel)) {
			forget(channel);
		}
		else if (!UpstreamHandler.of(channel).isOf(this.initializer)) {
			// Of a pool before this one.
			channel.close();
		}
		else if (this.waiting.get() > 0) {
			this.channels.release(channel);
		}
		else {
			this.free.push(channel);
			this.idle.lazySet(this.free.size());
		}
	}

	private void forget(Channel channel) {
		channel.close();
		this.channels.release(channel);
	}

	boolean isUnused(long now) {
		if (now - this.usedAt <= UNUSED_NANOS) {
			return false;
		}
		return this.channels.acquiredChannelCount() == this.free.size();
	}

	void close() {
		this.meters.deRegisterMetrics(NAME, this.id, this.upstream);
		this.free.forEach(this::forget);
		this.free.clear();
		this.channels.closeAsync();
	}

	@Override
	public int acquiredSize() {
		return Math.max(0, allocatedSize() - idleSize());
	}

	@Override
	public int allocatedSize() {
		return this.channels.acquiredChannelCount();
	}

	@Override
	public int idleSize() {
		return this.idle.get();
	}

	/** Those count, too, whose connection is being opened. */
	@Override
	public int pendingAcquireSize() {
		return this.waiting.get();
	}

	@Override
	public int maxAllocatedSize() {
		return this.maxConnections;
	}

	@Override
	public int maxPendingAcquireSize() {
		return this.maxPending;
	}

}

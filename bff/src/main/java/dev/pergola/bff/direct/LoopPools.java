package dev.pergola.bff.direct;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.pergola.bff.egress.EgressProperties;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.pool.ChannelHealthChecker;
import io.netty.channel.pool.FixedChannelPool;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;

/**
 * Connections of one event loop to upstreams: a call and its upstream's connection are
 * served by the same thread, so that nothing is handed over and nothing is locked. Not
 * thread-safe: all of it runs on the loop.
 */
final class LoopPools {

	private static final long UNUSED_NANOS = TimeUnit.MINUTES.toNanos(5);

	private final EventLoop loop;

	private final EgressProperties properties;

	private final AddressResolverGroup<InetSocketAddress> resolver;

	private final UpstreamTls tls;

	private final int loops;

	/** By authority alone: a key with the scheme would be made anew for each call. */
	private final Map<String, Pool> calls = new HashMap<>();

	private final Map<String, Pool> secureCalls = new HashMap<>();

	/** Streams keep their connections for long, and must not keep them from calls. */
	private final Map<String, Pool> streams = new HashMap<>();

	private final Map<String, Pool> secureStreams = new HashMap<>();

	private final List<Map<String, Pool>> all = List.of(this.calls, this.secureCalls, this.streams, this.secureStreams);

	/**
	 * Creates pools without connections.
	 * @param loops number of event loops that share the bounds of an upstream
	 */
	LoopPools(EventLoop loop, EgressProperties properties, AddressResolverGroup<InetSocketAddress> resolver,
			UpstreamTls tls, int loops) {
		this.loop = loop;
		this.properties = properties;
		this.resolver = resolver;
		this.tls = tls;
		this.loops = loops;
	}

	/**
	 * Leases a connection.
	 * @param isStream whether it is leased for long
	 * @param channelType the browser's connection: the upstream's is of the same kind
	 * @return fails when there is none in time
	 */
	Future<Channel> acquire(URI upstream, boolean isStream, Class<? extends Channel> channelType) {
		Map<String, Pool> pools = pools(upstream, isStream);
		Pool pool = pools.get(upstream.getRawAuthority());
		if (pool == null) {
			pool = open(upstream, isStream ? this.properties.maxStreamConnections() : this.properties.maxConnections(),
					channelType);
			pools.put(upstream.getRawAuthority(), pool);
		}
		return pool.acquire(this.loop);
	}

	/** Gives a connection back: one that can be used again, or closed before. */
	void release(URI upstream, boolean isStream, Channel channel) {
		Pool pool = pools(upstream, isStream).get(upstream.getRawAuthority());
		if (pool == null) {
			channel.close();
			return;
		}
		pool.release(channel);
	}

	private Map<String, Pool> pools(URI upstream, boolean isStream) {
		if (isSecure(upstream)) {
			return isStream ? this.secureStreams : this.secureCalls;
		}
		return isStream ? this.streams : this.calls;
	}

	/** Forgets upstreams nobody has called for a while. */
	void sweep(long now) {
		this.all.forEach((pools) -> sweep(pools, now));
	}

	private static void sweep(Map<String, Pool> pools, long now) {
		for (Iterator<Pool> each = pools.values().iterator(); each.hasNext();) {
			Pool pool = each.next();
			if (pool.isUnused(now)) {
				each.remove();
				pool.close();
			}
		}
	}

	void close() {
		this.all.forEach((pools) -> {
			pools.values().forEach(Pool::close);
			pools.clear();
		});
	}

	private Pool open(URI upstream, int maxConnections, Class<? extends Channel> channelType) {
		boolean secure = isSecure(upstream);
		int port = (upstream.getPort() > 0) ? upstream.getPort() : secure ? 443 : 80;
		Bootstrap bootstrap = new Bootstrap().group(this.loop)
			.channelFactory(new ReflectiveChannelFactory<>(channelType))
			.resolver(this.resolver)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(this.properties.connectTimeout().toMillis()))
			.option(ChannelOption.TCP_NODELAY, true)
			.remoteAddress(InetSocketAddress.createUnresolved(upstream.getHost(), port));
		UpstreamInitializer initializer = new UpstreamInitializer(this.properties,
				secure ? this.tls.of(upstream.getHost(), port) : null);
		ChannelHealthChecker health = (channel) -> this.loop.newSucceededFuture(UpstreamHandler.isGood(channel));
		return new Pool(new FixedChannelPool(bootstrap, initializer, health, FixedChannelPool.AcquireTimeoutAction.FAIL,
				this.properties.pendingTimeout().toMillis(), share(maxConnections),
				share(this.properties.maxPending())), initializer);
	}

	private int share(int bound) {
		return Math.max(1, (bound + this.loops - 1) / this.loops);
	}

	private static boolean isSecure(URI upstream) {
		return "https".equals(upstream.getScheme());
	}

	/**
	 * Connections to one upstream. Those that are free are kept here, and Netty's pool
	 * takes them for leased: to take one out and put it back there makes half a dozen
	 * promises, for nobody who waits.
	 */
	private static final class Pool {

		private final FixedChannelPool channels;

		private final UpstreamInitializer initializer;

		/** The one that was used last comes first. */
		private final Deque<Channel> free = new ArrayDeque<>();

		private int waiting;

		private long usedAt;

		Pool(FixedChannelPool channels, UpstreamInitializer initializer) {
			this.channels = channels;
			this.initializer = initializer;
		}

		Future<Channel> acquire(EventLoop loop) {
			this.usedAt = System.nanoTime();
			Channel channel;
			while ((channel = this.free.poll()) != null) {
				if (UpstreamHandler.isGood(channel)) {
					return loop.newSucceededFuture(channel);
				}
				forget(channel);
			}
			Future<Channel> lease = this.channels.acquire();
			if (!lease.isDone()) {
				this.waiting++;
				lease.addListener((done) -> this.waiting--);
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
			else if (this.waiting > 0) {
				this.channels.release(channel);
			}
			else {
				this.free.push(channel);
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
			this.free.forEach(this::forget);
			this.free.clear();
			this.channels.closeAsync();
		}

	}

}

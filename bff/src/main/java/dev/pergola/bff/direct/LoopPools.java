package dev.pergola.bff.direct;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import dev.pergola.bff.egress.EgressProperties;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;
import reactor.netty.resources.ConnectionProvider.MeterRegistrar;

/**
 * Connections of one event loop to upstreams: a call and its upstream's connection are
 * served by the same thread, so that nothing is handed over and nothing is locked. Not
 * thread-safe: all of it runs on the loop.
 */
final class LoopPools {

	private final EventLoop loop;

	private final EgressProperties properties;

	private final AddressResolverGroup<InetSocketAddress> resolver;

	private final UpstreamTls tls;

	private final int loops;

	private final MeterRegistrar callMeters;

	private final MeterRegistrar streamMeters;

	/** By authority alone: a key with the scheme would be made anew for each call. */
	private final Map<String, LoopPool> calls = new HashMap<>();

	private final Map<String, LoopPool> secureCalls = new HashMap<>();

	/** Streams keep their connections for long, and must not keep them from calls. */
	private final Map<String, LoopPool> streams = new HashMap<>();

	private final Map<String, LoopPool> secureStreams = new HashMap<>();

	private final List<Map<String, LoopPool>> all = List.of(this.calls, this.secureCalls, this.streams,
			this.secureStreams);

	/**
	 * Creates pools without connections.
	 * @param loops number of event loops that share the bounds of an upstream
	 * @param callMeters are told of the pools of calls
	 * @param streamMeters are told of those of streams
	 */
	LoopPools(EventLoop loop, EgressProperties properties, AddressResolverGroup<InetSocketAddress> resolver,
			UpstreamTls tls, int loops, MeterRegistrar callMeters, MeterRegistrar streamMeters) {
		this.callMeters = callMeters;
		this.streamMeters = streamMeters;
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
		Map<String, LoopPool> pools = pools(upstream, isStream);
		LoopPool pool = pools.get(upstream.getRawAuthority());
		if (pool == null) {
			pool = open(upstream, isStream, channelType);
			pools.put(upstream.getRawAuthority(), pool);
		}
		return pool.acquire(this.loop);
	}

	/** Gives a connection back: one that can be used again, or closed before. */
	void release(URI upstream, boolean isStream, Channel channel) {
		LoopPool pool = pools(upstream, isStream).get(upstream.getRawAuthority());
		if (pool == null) {
			channel.close();
			return;
		}
		pool.release(channel);
	}

	private Map<String, LoopPool> pools(URI upstream, boolean isStream) {
		if (isSecure(upstream)) {
			return isStream ? this.secureStreams : this.secureCalls;
		}
		return isStream ? this.streams : this.calls;
	}

	/** Forgets upstreams nobody has called for a while. */
	void sweep(long now) {
		this.all.forEach((pools) -> sweep(pools, now));
	}

	private static void sweep(Map<String, LoopPool> pools, long now) {
		for (Iterator<LoopPool> each = pools.values().iterator(); each.hasNext();) {
			LoopPool pool = each.next();
			if (pool.isUnused(now)) {
				each.remove();
				pool.close();
			}
		}
	}

	void close() {
		this.all.forEach((pools) -> {
			pools.values().forEach(LoopPool::close);
			pools.clear();
		});
	}

	private LoopPool open(URI upstream, boolean isStream, Class<? extends Channel> channelType) {
		int max = isStream ? this.properties.maxStreamConnections() : this.properties.maxConnections();
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
		return new LoopPool(bootstrap, initializer, share(max), share(this.properties.maxPending()),
				this.properties.pendingTimeout(), isStream ? this.streamMeters : this.callMeters);
	}

	private int share(int bound) {
		return Math.max(1, (bound + this.loops - 1) / this.loops);
	}

	private static boolean isSecure(URI upstream) {
		return "https".equals(upstream.getScheme());
	}

}

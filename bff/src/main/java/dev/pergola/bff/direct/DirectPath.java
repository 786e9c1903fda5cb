package dev.pergola.bff.direct;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import dev.pergola.bff.egress.EgressProperties;
import dev.pergola.bff.egress.PoolMeters;
import dev.pergola.bff.server.ConnectionPart;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

import org.springframework.beans.factory.DisposableBean;

/**
 * Puts the direct path into the connections of browsers that speak HTTP/1.1. Others
 * (HTTP/2, where a connection is many) go the long way.
 */
final class DirectPath implements ConnectionPart, DisposableBean {

	private static final String NAME = "pergola.direct";

	private final DirectRules rules;

	private final CallParts parts;

	private final EgressProperties egress;

	private final AddressResolverGroup<InetSocketAddress> resolver;

	private final List<PoolMeters> meters;

	private final @Nullable Duration idleTimeout;

	private final UpstreamTls tls = new UpstreamTls();

	private final Map<EventLoop, DirectLoop> loops = new ConcurrentHashMap<>();

	private final LongAdder taken = new LongAdder();

	private final List<Future<?>> ticks = new CopyOnWriteArrayList<>();

	private volatile boolean stopping;

	/**
	 * Creates the path.
	 * @param resolver resolves names of upstreams: addresses are checked
	 * @param meters of connections to upstreams: for calls, and for streams
	 * @param idleTimeout time after which the web server closes a connection nobody uses
	 */
	DirectPath(DirectRules rules, CallParts parts, EgressProperties egress,
			AddressResolverGroup<InetSocketAddress> resolver, List<PoolMeters> meters, @Nullable Duration idleTimeout) {
		this.meters = meters;
		this.rules = rules;
		this.parts = parts;
		this.egress = egress;
		this.resolver = resolver;
		this.idleTimeout = idleTimeout;
	}

	/** Calls that have gone directly so far. */
	long taken() {
		return this.taken.sum();
	}

	@Override
	public void add(Channel channel) {
		DirectLoop loop = this.loops.computeIfAbsent(channel.eventLoop(), this::start);
		if (this.stopping) {
			return;
		}
		channel.pipeline()
			.addBefore(NettyPipeline.HttpTrafficHandler, NAME, new DirectHandler(loop, this.rules, this.idleTimeout));
	}

	private DirectLoop start(EventLoop loop) {
		int count = (loop.parent() instanceof MultiThreadIoEventLoopGroup group) ? group.executorCount() : 1;
		LoopPools pools = new LoopPools(loop, this.egress, this.resolver, this.tls, count, this.meters.getFirst(),
				this.meters.getLast());
		DirectLoop started = new DirectLoop(pools, this.parts, this.taken);
		this.ticks.add(loop.scheduleAtFixedRate(started::tick, 100, 100, TimeUnit.MILLISECONDS));
		return started;
	}

	/**
	 * Takes no more calls, and ends streams.
	 * @return completes when all calls are over
	 */
	CompletableFuture<Void> stop() {
		this.stopping = true;
		List<CompletableFuture<Void>> all = new ArrayList<>();
		this.loops.forEach((loop, started) -> all.add(stop(loop, started)));
		return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
	}

	private static CompletableFuture<Void> stop(EventLoop loop, DirectLoop started) {
		if (loop.isShuttingDown()) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<Void> over = new CompletableFuture<>();
		loop.execute(() -> started.stop(() -> over.complete(null)));
		return over;
	}

	@Override
	public void destroy() {
		this.ticks.forEach((tick) -> tick.cancel(false));
		this.loops.forEach((loop, started) -> {
			// A loop that ends closes its connections itself.
			if (!loop.isShuttingDown()) {
				loop.execute(() -> started.pools().close());
			}
		});
	}

}

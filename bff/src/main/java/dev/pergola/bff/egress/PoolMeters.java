package dev.pergola.bff.egress;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

/**
 * Connections of all pools of one policy together: a pool for each host would be a meter
 * for each host.
 */
public final class PoolMeters implements ConnectionProvider.MeterRegistrar, MeterBinder {

	private final String policy;

	private final Map<String, ConnectionPoolMetrics> pools = new ConcurrentHashMap<>();

	PoolMeters(String policy) {
		this.policy = policy;
	}

	@Override
	public void registerMetrics(String poolName, String id, SocketAddress remoteAddress,
			ConnectionPoolMetrics metrics) {
		this.pools.put(id + "@" + remoteAddress, metrics);
	}

	@Override
	public void deRegisterMetrics(String poolName, String id, SocketAddress remoteAddress) {
		this.pools.remove(id + "@" + remoteAddress);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "active", ConnectionPoolMetrics::acquiredSize);
		gauge(registry, "idle", ConnectionPoolMetrics::idleSize);
		gauge(registry, "pending", ConnectionPoolMetrics::pendingAcquireSize);
	}

	private void gauge(MeterRegistry registry, String state, ToIntFunction<ConnectionPoolMetrics> size) {
		Gauge.builder("pergola.bff.connections", this.pools, (all) -> all.values().stream().mapToInt(size).sum())
			.description("Connections to upstreams, and calls that wait for one")
			.tags("policy", this.policy, "state", state)
			.register(registry);
	}

}
